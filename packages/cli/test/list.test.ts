import { SEAM_NAMES } from '@striate/contracts';
import { makeProject, preprocessing, run } from './project.js';
import { makeTemporaryFolder } from './temporary-folder.js';

/** Something of each kind that comes with striate. */
const SHIPPED: Readonly<Record<(typeof SEAM_NAMES)[number], readonly string[]>> = {
  backends: ['clip', 'features', 'llm', 'onnx', 'resnet'],
  readouts: ['ridge'],
  scorers: ['pearson', 'r2', 'rsa'],
  conventions: ['brain-score', 'nsd', 'paper', 'raw'],
  ceilings: ['nsd', 'split-half'],
  datasets: ['folder', 'synthetic'],
  executors: [],
};

describe('striate list', () => {
  it.each(SEAM_NAMES)('%s prints ids and their plugins as JSON, sorted', async (seam) => {
    const { code, stdout, stderr } = await run(await makeTemporaryFolder(), 'list', seam, '--json');
    const entries = JSON.parse(stdout) as { id: string; plugin: string }[];
    const ids = entries.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([...SHIPPED[seam]]));
    expect(ids).toEqual([...ids].sort());
    expect(entries.every(({ plugin }) => plugin.startsWith('@striate/'))).toBe(true);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('prints a table for people', async () => {
    const { stdout } = await run(await makeTemporaryFolder(), 'list', 'readouts');
    expect(stdout).toMatch(
      /^id +plugin *\n-+ +-+\n(\S+ +@striate\/readouts *\n)*ridge +@striate\/readouts *\n/,
    );
  });

  it('models prints the cards of models that backends know by name', async () => {
    const { code, stdout } = await run(await makeTemporaryFolder(), 'list', 'models', '--json');
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({ backend: 'resnet', id: 'resnet50', licence: expect.any(String) }),
    );
    expect(code).toBe(0);
  });

  it('layers prints what can be tapped, in order of computation, with shapes', async () => {
    const { folder } = await makeProject();
    const options = JSON.stringify({ preprocessing });
    const args = ['list', 'layers', 'onnx:energy.onnx', '--options', options, '--json'];
    const { code, stdout } = await run(folder, ...args);
    const layers = JSON.parse(stdout) as { name: string; depth: number; shape: number[] }[];
    expect(layers.map(({ depth }) => depth)).toEqual(layers.map((_, i) => i));
    expect(layers).toContainEqual(expect.objectContaining({ name: 'luminance', shape: [1, 64, 64] }));
    expect(code).toBe(0);
  });

  it.each([
    ['no model', [], 2, /STRIATE_INVALID_OPTION.*missing[^]*onnx:/],
    ['a model without its backend', ['energy.onnx'], 2, /STRIATE_INVALID_OPTION.*"energy\.onnx"/],
    ['an unknown backend', ['onx:energy.onnx'], 2, /STRIATE_UNKNOWN_ID[^]*Did you mean "onnx"/],
    ['a file that is not there', ['onnx:nowhere.onnx'], 3, /STRIATE_MODEL_NOT_FOUND.*nowhere\.onnx/],
    [
      'options that are no JSON',
      ['onnx:energy.onnx', '--options', '{size: 4}'],
      2,
      /STRIATE_INVALID_OPTION.*JSON/,
    ],
  ] as const)('layers, given %s, says what to do', async (_, args, exitCode, said) => {
    const { code, stdout, stderr } = await run(await makeTemporaryFolder(), 'list', 'layers', ...args);
    expect(stderr).toMatch(said);
    expect([code, stdout]).toEqual([exitCode, '']);
  });
});
