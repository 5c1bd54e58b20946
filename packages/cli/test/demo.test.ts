import { readFile } from 'node:fs/promises';
import { run } from './project.js';
import { makeTemporaryFolder } from './temporary-folder.js';

interface Cell {
  readonly region: string;
  readonly scorer: string;
  readonly model: string;
  readonly mean: number;
  readonly n: number;
}

const README = new URL('../../../README.md', import.meta.url);

/** Words and numbers of a table, cell by cell. */
const cellsOf = (table: string) => table.trim().split(/\s+/);

describe('striate demo', () => {
  it('prints what the README says that it prints', async () => {
    const { stdout } = await run(await makeTemporaryFolder(), 'demo');
    const [, said] = /^```\n(region [^`]*)```$/m.exec(await readFile(README, 'utf8'))!;
    const [printed, expected] = [cellsOf(stdout), cellsOf(said)];
    expect(printed.length).toBe(expected.length);
    expected.forEach((cell, i) => {
      // Other processors round other sums; the last of three digits may differ.
      if (/^-?\d\.\d+$/.test(cell)) expect(Math.abs(Number(printed[i]) - Number(cell))).toBeLessThan(0.002);
      else expect(printed[i]).toBe(cell);
    });
  });

  it('recovers the planted truth: pictures in early voxels, meaning in late ones, nothing in noise', async () => {
    const folder = await makeTemporaryFolder();
    const { code, stdout } = await run(folder, 'demo', '--json', '--out', 'out');
    expect(code).toBe(0);
    const { cells } = JSON.parse(stdout) as { cells: Cell[] };
    const meanOf = (region: string, model: string) =>
      cells.find((cell) => cell.region === region && cell.model === model && cell.scorer === 'pearson')!.mean;
    expect(meanOf('early', 'vision-features')).toBeGreaterThan(0.7);
    expect(meanOf('early', 'oriented-energy')).toBeGreaterThan(0.7);
    expect(meanOf('late', 'meaning-features')).toBeGreaterThan(0.7);
    // 200 stimuli: chance has a standard error of 0.07 per voxel, and the mean over 20 voxels of far less.
    expect(Math.abs(meanOf('early', 'meaning-features'))).toBeLessThan(0.15);
    for (const { mean } of cells.filter(({ region }) => region === 'noise'))
      expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(cells.every(({ n }) => n === 20)).toBe(true);
  });
});
