import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { decodeModel, openSession } from '@striate/compute';
import { decodeRgb } from '@striate/backend-onnx';
import { decodeFloats, type RunRecord } from '@striate/contracts';
import { withNpy, writeNpy } from '@striate/npy';
import { compare, makeProject, preprocessing, run, start, type Project } from './project.js';

const QUICK = { learningRate: 0.01, maxEpochs: 4, validateEvery: 2, seeds: 2, strengths: [0, 0.01] };
const UNION = {
  name: 'both',
  spaces: [
    { name: 'light', model: 'energy', layer: 'luminance' },
    { name: 'edges', model: 'energy', layer: 'pooled_energy' },
  ],
};

/** On stderr there may be warnings. */
const FINE = expect.not.stringContaining('STRIATE_') as string;

const exportTo = (project: Project, file: string, ...args: string[]) =>
  run(project.folder, 'export', 'plan.yaml', '--onnx', file, '--store', 'store', '--json', ...args);

const modelIn = async (project: Project, file: string) =>
  decodeModel(await readFile(project.path(file)), file);

const metadataOf = async (project: Project, file: string) =>
  new Map((await modelIn(project, file)).metadataProps.map(({ key, value }) => [key, value]));

/** What an exported file predicts for stimuli of the project, one row after the other. */
async function predict(project: Project, file: string, ids: readonly string[]): Promise<number[]> {
  const session = await openSession(await readFile(project.path(file)));
  const rows: number[] = [];
  for (const id of ids) {
    const { data, height, width } = await decodeRgb(await readFile(project.path('data/images', `${id}.png`)));
    const results = await session.run({ image: { dtype: 'uint8', shape: [height, width, 3], data } });
    rows.push(...(results['predictions'].data as Float32Array));
  }
  await session.dispose();
  return rows;
}

describe('striate export', () => {
  it.each([
    ['ridge', { folds: 3 }],
    ['global-pool-ridge', { folds: 3 }],
    ['banded-ridge', { folds: 3 }],
    ['pls', { components: 2 }],
    ['fwrf', { sizes: { from: 0.2, to: 0.4, count: 2 }, alphas: [1, 100] }],
    ['factorized', QUICK],
    ['linear-sgd', QUICK],
    ['softmax-attention', QUICK],
  ])(
    'writes pixels-to-responses through %s as one file that predicts what the pipeline predicts',
    async (id, options) => {
      const project = await makeProject();
      await project.configure({ readouts: [{ id, options }] });
      const { code, stdout, stderr } = await exportTo(project, 'out/v.onnx', '--layer', 'pooled_energy');
      expect([code, stderr]).toEqual([0, FINE]);
      const { nVoxels, nImages, difference } = JSON.parse(stdout) as Record<string, number>;
      expect([nVoxels, nImages]).toEqual([6, 3]);
      expect(difference).toBeLessThan(1e-5);
      expect(await readdir(project.path('out'))).toEqual(['v.onnx']);
    },
  );

  it('takes the tokens of CLIP along as a map, cut at a block', async () => {
    const project = await makeProject();
    const clip = new URL('../../backend-clip/src/__fixtures__/', import.meta.url);
    await mkdir(project.path('clip'));
    await copyFile(new URL('classic.onnx', clip), project.path('clip/vision_model.onnx'));
    await copyFile(new URL('preprocessor_config.json', clip), project.path('clip/preprocessor_config.json'));
    await project.configure({ models: [{ backend: 'clip', model: 'clip', layers: ['block1'] }] });
    const { code, stdout, stderr } = await exportTo(project, 'v.onnx');
    expect([code, stderr]).toEqual([0, FINE]);
    expect((JSON.parse(stdout) as { difference: number }).difference).toBeLessThan(1e-5);
    const operators = (await modelIn(project, 'v.onnx')).graph.node.map(({ opType }) => opType);
    expect(operators.filter((operator) => operator === 'Softmax')).toHaveLength(1);
  });

  it('gives the transformer its locator inside the same file', async () => {
    const project = await makeProject();
    const locator = { backend: 'onnx', model: 'energy.onnx', layer: 'luminance', options: { preprocessing } };
    const options = { ...QUICK, strengths: [0], learningRate: 0.001 };
    await project.configure({ readouts: [{ id: 'semantic-spatial-transformer', options, locator }] });
    const { code, stdout, stderr } = await exportTo(project, 'v.onnx', '--layer', 'pooled_energy');
    expect([code, stderr]).toEqual([0, FINE]);
    expect((JSON.parse(stdout) as { difference: number }).difference).toBeLessThan(1e-4);
  });

  it('joins the layers of a union in the same file', async () => {
    const project = await makeProject();
    await project.configure({ unions: [UNION], readouts: [{ id: 'banded-ridge', options: { folds: 3 } }] });
    const { code, stdout, stderr } = await exportTo(project, 'v.onnx', '--model', 'both');
    expect([code, stderr]).toEqual([0, FINE]);
    expect((JSON.parse(stdout) as { difference: number }).difference).toBeLessThan(1e-5);
    const spaces = JSON.parse((await metadataOf(project, 'v.onnx')).get('spaces')!) as { layer: string }[];
    expect(spaces.map(({ layer }) => layer)).toEqual(['luminance', 'pooled_energy']);
  });

  it('says in the file which voxels come out, in which order, and where everything is from', async () => {
    const project = await makeProject();
    await exportTo(project, 'v.onnx', '--layer', 'luminance');
    const metadata = await metadataOf(project, 'v.onnx');
    expect(JSON.parse(metadata.get('voxelIds')!)).toEqual(['v0', 'v1', 'v2', 'v3', 'v4', 'v5']);
    expect(JSON.parse(metadata.get('regions')!)).toEqual({ V1: [0, 1, 2, 3], V2: [4, 5] });
    expect([metadata.get('unit'), metadata.get('readout'), metadata.get('seed')]).toEqual([
      'z',
      'ridge',
      '1',
    ]);
    const ids = (await readFile(project.path('data/responses.ids.txt'), 'utf8')).trim().split('\n');
    expect(JSON.parse(metadata.get('trainedOn')!)).toEqual(ids);
    expect((await modelIn(project, 'v.onnx')).docString).toBe(
      'Predicts the responses of 6 voxels of "one" (small) to an image: energy at luminance, read out by ridge. Written by striate 0.1.0.',
    );
  });

  it('tells what the comparison found of these voxels, once it was run', async () => {
    const project = await makeProject();
    await exportTo(project, 'before.onnx', '--layer', 'luminance');
    expect((await metadataOf(project, 'before.onnx')).has('scores')).toBe(false);
    await compare(project);
    await exportTo(project, 'after.onnx', '--layer', 'luminance');
    const { predictions } = JSON.parse(await readFile(project.path('out/record.json'), 'utf8')) as RunRecord;
    const { values } = predictions.find(({ layer }) => layer === 'luminance')!;
    const metadata = await metadataOf(project, 'after.onnx');
    expect(JSON.parse(metadata.get('scores')!)).toEqual({ pearson: [...decodeFloats(values)] });
    expect(JSON.parse(metadata.get('scoresSplit')!)).toMatchObject({ kind: 'folds', folds: 3 });
  });

  it('writes what the pipeline predicts beside the file, if asked, and leaves no other beside it', async () => {
    const project = await makeProject();
    const args = ['out/v.onnx', '--layer', 'pooled_energy'] as const;
    const { stderr } = await exportTo(project, ...args, '--predictions');
    expect(stderr).toMatch(/^Warning \(alpha-at-edge\): /);
    expect((await readdir(project.path('out'))).sort()).toEqual([
      'v.onnx',
      'v.predictions.ids.txt',
      'v.predictions.npy',
    ]);
    const ids = (await readFile(project.path('out/v.predictions.ids.txt'), 'utf8')).trim().split('\n');
    const { shape, data } = await withNpy(project.path('out/v.predictions.npy'), async (file) => ({
      shape: file.shape,
      data: await file.readFloats(),
    }));
    expect(shape).toEqual([24, 6]);
    const predicted = await predict(project, 'out/v.onnx', ids);
    expect(Math.max(...predicted.map((value, i) => Math.abs(value - data[i])))).toBeLessThan(1e-5);
    await exportTo(project, ...args);
    expect(await readdir(project.path('out'))).toEqual(['v.onnx']);
  });

  it('may write several files into one folder at once', async () => {
    const project = await makeProject();
    const layers = ['luminance', 'pooled_energy'];
    const runs = layers.map((layer) => exportTo(project, `out/${layer}.onnx`, '--layer', layer));
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual([0, 0]);
    expect((await readdir(project.path('out'))).sort()).toEqual(layers.map((layer) => `${layer}.onnx`));
  });

  it('takes images of any size', async () => {
    const project = await makeProject();
    await exportTo(project, 'v.onnx', '--layer', 'luminance');
    const session = await openSession(await readFile(project.path('v.onnx')));
    const file = (await readdir(project.path('data', 'images')))[0];
    const { data, ...size } = await decodeRgb(await readFile(project.path('data', 'images', file)));
    const wide = await session.run({
      image: { dtype: 'uint8', shape: [size.height / 2, size.width * 2, 3], data },
    });
    expect(wide['predictions'].shape).toEqual([1, 6]);
    await session.dispose();
  });

  it('loads the fitted readout from the store the second time, and writes the same bytes', async () => {
    const project = await makeProject();
    await project.configure({ readouts: [{ id: 'factorized', options: QUICK }] });
    await exportTo(project, 'a.onnx', '--layer', 'luminance');
    const before = await readdir(project.path('store', 'objects'), { recursive: true });
    await exportTo(project, 'b.onnx', '--layer', 'luminance');
    expect(await readdir(project.path('store', 'objects'), { recursive: true })).toEqual(before);
    expect(await readFile(project.path('b.onnx'))).toEqual(await readFile(project.path('a.onnx')));
  });

  it('asks which layer, where the configuration has several, and names them', async () => {
    const { code, stderr } = await exportTo(await makeProject(), 'v.onnx');
    expect(code).toBe(2);
    expect(stderr).toMatch(/STRIATE_CHOICE_NEEDED.*Which layer[^]*--layer.*luminance, pooled_energy/);
  });

  it.each([
    [['--layer', 'luminanze'], /STRIATE_UNKNOWN_LAYER.*luminanze[^]*Did you mean "luminance"/],
    [['--layer', 'luminance', '--model', 'enargy'], /STRIATE_UNKNOWN_ID.*enargy[^]*Did you mean "energy"/],
    [['--layer', 'luminance', '--subject', 'two'], /STRIATE_UNKNOWN_ID.*subject "two"/],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await exportTo(await makeProject(), 'v.onnx', ...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it.each([
    [
      'the network that it exports',
      'energy.onnx',
      2,
      /STRIATE_INVALID_OPTION.*energy\.onnx", which is another/,
    ],
    ['a folder', 'data', 2, /STRIATE_INVALID_OPTION.*it is the folder/],
    ['nothing', '', 2, /STRIATE_INVALID_OPTION.*it is empty/],
    ['a place below a file', 'plan.yaml/v.onnx', 5, /STRIATE_FOLDER_NOT_WRITABLE.*plan\.yaml"[^]*--onnx/],
  ])('refuses to write %s, before any work is done', async (_, file, exitCode, said) => {
    const project = await makeProject();
    const network = await readFile(project.path('energy.onnx'));
    const { code, stdout, stderr } = await exportTo(project, file, '--layer', 'luminance');
    expect(stderr).toMatch(said);
    expect([code, stdout]).toEqual([exitCode, '']);
    expect(await readFile(project.path('energy.onnx'))).toEqual(network);
    expect(existsSync(project.path('store', 'features'))).toBe(false);
  });

  it('refuses a model that is no graph, before any work is done', async () => {
    const project = await makeProject();
    await mkdir(project.path('f'));
    await writeNpy(project.path('f', 'f.npy'), [24, 2], new Float32Array(48));
    await writeFile(project.path('f', 'f.ids.txt'), await readFile(project.path('data/responses.ids.txt')));
    await project.configure({ models: [{ backend: 'features', model: 'f/f.npy' }] });
    const { code, stderr } = await exportTo(project, 'out/v.onnx');
    expect(stderr).toMatch(/STRIATE_UNSUPPORTED: The model "f" cannot be written into an ONNX file/);
    expect([code, existsSync(project.path('out'))]).toEqual([4, false]);
    expect(existsSync(project.path('store', 'features'))).toBe(false);
  });

  it('leaves no file behind when it is stopped', async () => {
    const project = await makeProject();
    await project.configure({
      readouts: [{ id: 'factorized', options: { ...QUICK, maxEpochs: 100_000, patience: 100_000 } }],
    });
    const args = ['export', 'plan.yaml', '--layer', 'luminance', '--onnx', 'out/v.onnx', '--store', 'store'];
    const child = start(project.folder, args);
    const closed = new Promise((done) => child.on('close', done));
    while (!existsSync(project.path('store', 'features'))) await setTimeout(5);
    child.kill('SIGINT');
    expect(await closed).toBe(130);
    expect(await readdir(project.path('out'))).toEqual([]);
  });
});
