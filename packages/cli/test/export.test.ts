import { readdir, readFile } from 'node:fs/promises';
import { decodeModel, openSession } from '@striate/compute';
import { decodeRgb } from '@striate/backend-onnx';
import { makeProject, preprocessing, run, type Project } from './project.js';

const QUICK = { learningRate: 0.01, maxEpochs: 4, validateEvery: 2, seeds: 2, strengths: [0, 0.01] };

const exportTo = (project: Project, file: string, ...args: string[]) =>
  run(project.folder, 'export', 'plan.yaml', '--onnx', file, '--store', 'store', '--json', ...args);

describe('striate export', () => {
  it.each([
    ['ridge', { folds: 3 }],
    ['global-pool-ridge', { folds: 3 }],
    ['banded-ridge', { folds: 3 }],
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
      expect([code, stderr]).toEqual([0, '']);
      const { nVoxels, nImages, difference } = JSON.parse(stdout) as Record<string, number>;
      expect([nVoxels, nImages]).toEqual([6, 3]);
      expect(difference).toBeLessThan(1e-5);
      expect(await readdir(project.path('out'))).toEqual(['v.onnx']);
    },
  );

  it('gives the transformer its locator inside the same file', async () => {
    const project = await makeProject();
    const locator = { backend: 'onnx', model: 'energy.onnx', layer: 'luminance', options: { preprocessing } };
    const options = { ...QUICK, strengths: [0], learningRate: 0.001 };
    await project.configure({ readouts: [{ id: 'semantic-spatial-transformer', options, locator }] });
    const { code, stdout, stderr } = await exportTo(project, 'v.onnx', '--layer', 'pooled_energy');
    expect([code, stderr]).toEqual([0, '']);
    expect((JSON.parse(stdout) as { difference: number }).difference).toBeLessThan(1e-4);
  });

  it('says in the file which voxels come out, in which order, and where everything is from', async () => {
    const project = await makeProject();
    await exportTo(project, 'v.onnx', '--layer', 'luminance');
    const bytes = await readFile(project.path('v.onnx'));
    const metadata = new Map(
      decodeModel(bytes, 'v.onnx').metadataProps.map(({ key, value }) => [key, value]),
    );
    expect(JSON.parse(metadata.get('voxelIds')!)).toEqual(['v0', 'v1', 'v2', 'v3', 'v4', 'v5']);
    expect(JSON.parse(metadata.get('regions')!)).toEqual({ V1: [0, 1, 2, 3], V2: [4, 5] });
    for (const key of [
      'striateVersion',
      'dataset',
      'model',
      'modelFingerprint',
      'preprocessing',
      'layer',
      'readoutDescription',
    ])
      expect(metadata.get(key)).toBeTruthy();
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
});
