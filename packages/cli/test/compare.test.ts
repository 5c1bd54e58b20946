import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { decodeFloats, type RunRecord } from '@striate/contracts';
import { compare, makeProject, run, start, summaryOf, type Project } from './project.js';

const RESULTS = [
  ...['fits.csv', 'fits.parquet', 'record.json', 'report.html', 'run.json', 'scores.csv', 'scores.parquet'],
];

/** Every file of the store with the time of its last change. */
async function storeFiles(project: Project): Promise<Map<string, number>> {
  const names = await readdir(project.path('store'), { recursive: true });
  const files = new Map<string, number>();
  for (const name of names) {
    const facts = await stat(project.path('store', name));
    if (facts.isFile()) files.set(name, facts.mtimeMs);
  }
  return files;
}

describe('striate compare', () => {
  it('writes its results whole, with data on stdout and messages on stderr', async () => {
    const project = await makeProject();
    const { code, stdout, stderr } = await compare(project);
    expect(stderr).toContain('tasks done');
    expect(code).toBe(0);
    expect((await readdir(project.path('out'))).sort()).toEqual(RESULTS);
    const { cells } = JSON.parse(stdout) as { cells: { region: string; model: string }[] };
    expect(cells.map(({ region }) => region)).toEqual(['V1', 'V2']);
  });

  it('trains a readout region by region, and gives the same scores when run anew', async () => {
    const project = await makeProject();
    const options = { learningRate: 0.01, maxEpochs: 5, validateEvery: 2, seeds: 1 };
    await project.configure({ readouts: [{ id: 'factorized', options }] });
    const { code, stderr } = await compare(project);
    expect([code, stderr]).toEqual([0, expect.stringContaining('tasks done')]);
    await compare(project, 'again', 'other-store');
    const scores = (out: string) => readFile(project.path(out, 'scores.csv'), 'utf8');
    expect(await scores('again')).toBe(await scores('out'));
    const record = JSON.parse(await readFile(project.path('out', 'record.json'), 'utf8')) as RunRecord;
    expect(record.readouts[0].description).toMatch(/^Factorised readout.*voxels of the same regions/);
    expect(Object.keys(record.fits[0].perVoxel)).toEqual(
      expect.arrayContaining(['fieldX', 'fieldY', 'fieldSize', 'validationScore']),
    );
  });

  it('reads layers together as one, each with its own penalty, and divides R2 between them', async () => {
    const project = await makeProject();
    const spaces = [
      { name: 'light', model: 'energy', layer: 'luminance' },
      { name: 'edges', model: 'energy', layer: 'pooled_energy' },
    ];
    await project.configure({
      unions: [{ name: 'both', spaces }],
      readouts: [{ id: 'banded-ridge', options: { samples: 5, folds: 3 } }, 'ridge'],
      scorers: ['r2'],
      conventions: ['raw'],
    });
    const { code, stderr } = await compare(project);
    expect([code, stderr]).toEqual([0, expect.stringContaining('tasks done')]);
    const record = JSON.parse(await readFile(project.path('out', 'record.json'), 'utf8')) as RunRecord;
    expect(record.models.map(({ name, backend }) => [name, backend])).toEqual([
      ['energy', 'onnx'],
      ['both', 'union'],
    ]);
    const ofUnion = record.predictions.filter(({ model }) => model === 'both');
    expect(ofUnion.map(({ readout, layer }) => [readout, layer])).toEqual([
      ['banded-ridge', 'light + edges'],
      ['ridge', 'light + edges'],
    ]);
    const [{ values, parts }] = ofUnion;
    expect(Object.keys(parts!)).toEqual(['light', 'edges']);
    const [r2, light, edges] = [values, parts!['light'], parts!['edges']].map(decodeFloats);
    r2.forEach((value, voxel) => expect(Math.abs(light[voxel] + edges[voxel] - value)).toBeLessThan(0.3)); // up to the constants' share
    expect(Object.keys(record.fits.find(({ model }) => model === 'both')!.perVoxel)).toEqual(
      expect.arrayContaining(['alpha', 'alpha:light', 'alpha:edges']),
    );
    expect(await readFile(project.path('out', 'scores.csv'), 'utf8')).toMatch(
      /^both,light \+ edges,.*,r2:edges,/m,
    );
    await compare(project);
    expect(await summaryOf(project)).toMatchObject({ performed: 0 });
  });

  it('does nothing the second time, and writes the same bytes', async () => {
    const project = await makeProject();
    await compare(project);
    const before = await storeFiles(project);
    const first = await readFile(project.path('out', 'record.json'));
    await compare(project);
    expect(await summaryOf(project)).toMatchObject({ performed: 0 });
    expect(await storeFiles(project)).toEqual(before);
    expect(await readFile(project.path('out', 'record.json'))).toEqual(first);
  });

  it('extracts one image again when one byte of it changes, and refits what saw it', async () => {
    const project = await makeProject();
    await compare(project);
    const before = await storeFiles(project);
    const image = project.path('data', 'images', (await readdir(project.path('data', 'images')))[5]);
    // A byte behind the end of a PNG changes the file and not the picture: striate goes by the file.
    await writeFile(image, Buffer.concat([await readFile(image), Buffer.of(0)]));
    await compare(project);
    const added = [...(await storeFiles(project)).keys()].filter((name) => !before.has(name));
    const packs = added.filter((name) => name.endsWith('.rows'));
    expect(packs).toHaveLength(2); // one row of each of two layers
    const bytesOfRow = 64 * 64 * 4;
    for (const pack of packs)
      expect((await stat(project.path('store', pack))).size).toBeLessThan(bytesOfRow + 2000);
    // Three folds of two layers, and per layer a summary and a score; the ceiling does not depend on images.
    expect(await summaryOf(project)).toMatchObject({ performed: 1 + 6 + 2 + 2 });
  });

  it('gives the same scores after kill -9 in the middle', async () => {
    const project = await makeProject();
    await compare(project, 'undisturbed', 'other-store');
    for (const delayMs of [700, 1000, 1300]) {
      const child = start(project.folder, ['compare', 'plan.yaml', '--out', 'out', '--store', 'store']);
      const closed = new Promise((done) => child.on('close', done));
      setTimeout(() => child.kill('SIGKILL'), delayMs);
      await closed;
    }
    expect((await compare(project)).code).toBe(0);
    const scores = (out: string) => readFile(project.path(out, 'scores.csv'), 'utf8');
    expect(await scores('out')).toBe(await scores('undisturbed'));
  });

  it('makes an artefact again that was cut short, and says so', async () => {
    const project = await makeProject();
    await compare(project);
    const scores = await readFile(project.path('out', 'scores.csv'), 'utf8');
    const objects = (await readdir(project.path('store', 'objects'), { recursive: true })).filter(
      (name) => name.length > 60,
    );
    for (const name of objects) await writeFile(project.path('store', 'objects', name), 'cut short');
    const { stderr } = await compare(project);
    expect(stderr).toContain('damaged');
    expect(await readFile(project.path('out', 'scores.csv'), 'utf8')).toBe(scores);
  });

  it('prints the plan and its predicted cost without doing anything', async () => {
    const project = await makeProject();
    const { code, stdout } = await compare(project, 'out', 'store', '--dry-run');
    expect(code).toBe(0);
    const { nTasks, nNeeded, predicted } = JSON.parse(stdout) as {
      nTasks: number;
      nNeeded: number;
      predicted: object;
    };
    expect([nTasks, nNeeded]).toEqual([12, 12]); // ceiling, extract, 2 layers x (3 fits, summary, score)
    expect(predicted).toMatchObject({ memoryBytes: expect.any(Number), diskBytes: expect.any(Number) });
    await expect(stat(project.path('out'))).rejects.toThrow();
  });

  it('keeps the times of fits apart from the record, whichever run made them', async () => {
    const project = await makeProject();
    await compare(project);
    const { fits } = await summaryOf(project);
    expect(fits.map(({ layer, readout }) => [layer, readout])).toEqual([
      ['luminance', 'ridge'],
      ['pooled_energy', 'ridge'],
    ]);
    for (const { seconds } of fits) expect(seconds).toBeGreaterThan(0);
    await compare(project, 'again');
    expect(await summaryOf(project, 'again')).toMatchObject({ performed: 0, fits });
    expect(await readFile(project.path('again', 'record.json'), 'utf8')).not.toContain('seconds');
  });

  it('makes the report again from the record and the times beside it', async () => {
    const project = await makeProject();
    await compare(project);
    const { code } = await run(project.folder, 'report', 'out/record.json', '--out', 'again');
    expect(code).toBe(0);
    const page = (out: string) => readFile(project.path(out, 'report.html'), 'utf8');
    expect(await page('again')).toBe(await page('out'));
  });
});
