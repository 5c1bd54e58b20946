import { readFile } from 'node:fs/promises';
import { decodeModel } from '@striate/compute';
import type { RunRecord } from '@striate/contracts';
import { compare, configuration, makeProject, run, summaryOf } from './project.js';

const options = { learningRate: 0.01, maxEpochs: 3, validateEvery: 2, seeds: 1 };
const factorized = { id: 'factorized', options };
const c8 = {
  ...{ name: 'c8', backend: 'response-optimized', model: 'c8-image' },
  options: { fields: 1, preprocessing: { size: 16 } },
};
const [energy] = configuration.models;
const behindEnergy = {
  ...{ ...energy, name: 'energy and core', layers: ['pooled_energy'] },
  core: { backend: 'response-optimized', model: 'c8-captions', options: { fields: 1 } },
};

describe('a model with a core', () => {
  it('is trained together with the readouts that can, and the others are said to be left out', async () => {
    const project = await makeProject();
    await project.configure({
      models: [c8, behindEnergy, { ...energy, layers: ['luminance'] }],
      readouts: ['ridge', factorized],
      split: { kind: 'holdout' },
    });
    const { code, stdout, stderr } = await compare(project);
    expect([code, stderr]).toEqual([0, expect.stringContaining('ridge on c8, ridge on energy and core')]);
    const { cells } = JSON.parse(stdout) as { cells: { model: string; readout: string }[] };
    expect([...new Set(cells.map(({ model, readout }) => `${readout} on ${model}`))]).toEqual([
      'factorized on c8',
      'factorized on energy and core',
      'ridge on energy',
      'factorized on energy',
    ]);
    const record = JSON.parse(await readFile(project.path('out', 'record.json'), 'utf8')) as RunRecord;
    expect(record.models.map(({ core }) => core?.slice(0, 33))).toEqual([
      'CNN equivariant to rotations by 4',
      'CNN equivariant to rotations by 4',
      undefined,
    ]);
    const report = await readFile(project.path('out', 'report.html'), 'utf8');
    expect(report).toContain('trained together with each readout: CNN equivariant');
  });

  it('is trained anew where the core changes, on the pixels that are there', async () => {
    const project = await makeProject();
    const plan = { models: [c8], readouts: [factorized], split: { kind: 'holdout' } };
    await project.configure(plan);
    await compare(project);
    const wider = { ...c8, options: { ...c8.options, fields: 2 } };
    await project.configure({ ...plan, models: [wider] });
    await compare(project);
    // Ceiling and pixels are there; the fit, its summary and its score are not.
    expect(await summaryOf(project)).toMatchObject({ reused: 2, performed: 3 });
  });

  it('is exported with its core inside', async () => {
    const project = await makeProject();
    await project.configure({ models: [c8], readouts: [factorized] });
    const { code, stdout, stderr } = await run(
      ...[project.folder, 'export', 'plan.yaml', '--onnx', 'c8.onnx', '--store', 'store', '--json'],
    );
    expect([code, stderr]).toEqual([0, '']);
    expect((JSON.parse(stdout) as { difference: number }).difference).toBeLessThan(1e-5);
    const model = decodeModel(await readFile(project.path('c8.onnx')), 'c8.onnx');
    // Voxels of a region are learnt together, so that each of the two regions has its core of 8 convolutions.
    expect(model.graph.node.filter(({ opType }) => opType === 'Conv')).toHaveLength(2 * 8);
    const said = new Map(model.metadataProps.map(({ key, value }) => [key, value]));
    expect(said.get('core')).toMatch(/^CNN equivariant to rotations/);
  });

  it.each([
    [
      'as a locator',
      {
        models: [energy],
        readouts: [
          {
            ...factorized,
            id: 'semantic-spatial-transformer',
            locator: { ...c8, name: undefined, layer: 'pixels' },
          },
        ],
      },
      /a locator/,
    ],
    [
      'as a space of a union',
      {
        models: [c8, energy],
        unions: [
          {
            name: 'u',
            spaces: [
              { model: 'c8', layer: 'pixels' },
              { model: 'energy', layer: 'luminance' },
            ],
          },
        ],
      },
      /a feature space of a union/,
    ],
    ['where no readout can train it', { models: [c8] }, /any readout of this comparison/],
    [
      'by itself where it reads another model',
      { models: [{ ...c8, model: 'c8-captions' }] },
      /the layers of another model/,
    ],
    [
      'as a core without having one',
      { models: [{ ...energy, core: { backend: 'onnx', model: 'energy.onnx', options: energy.options } }] },
      /it has no core to train/,
    ],
  ])('is refused %s', async (_, change, message) => {
    const project = await makeProject();
    await project.configure(JSON.parse(JSON.stringify(change)) as object);
    const { code, stderr } = await compare(project);
    expect([code, stderr]).toEqual([4, expect.stringMatching(/STRIATE_UNSUPPORTED/)]);
    expect(stderr).toMatch(message);
  });
});
