import type { FitSize } from '@striate/contracts';
import type { ComparisonDescription, DescribedModel, DescribedSpace } from './description.js';
import { planComparison, totalCost } from './plan.js';
import { tasksOf } from './tasks.js';

const layer = (name: string, depth: number) => ({ name, depth, axes: ['feature'] as const, shape: [10] });

const model = (name: string, fingerprint = name): DescribedModel => ({
  name,
  fingerprint,
  rowKeys: ['ka', 'kb', 'kc', 'kd'],
  layers: [layer('one', 0), layer('two', 1)],
});

const ridge = {
  ...{ name: 'ridge', id: 'ridge', version: 1, options: { alphas: [1] } },
  ...{ isVoxelIndependent: true, trainsCores: false, wantsCoordinates: false, locator: undefined },
  estimateMemory: () => 1000,
  estimateWork: () => 1e11,
};

const description: ComparisonDescription = {
  seed: 1,
  stimulusIds: ['a', 'b', 'c', 'd'],
  folds: [
    { train: [0, 1], validation: [], test: [2, 3] },
    { train: [2, 3], validation: [], test: [0, 1] },
  ],
  foldScores: 'pooled',
  models: [model('net')],
  readouts: [ridge],
  scorers: [{ name: 'pearson', id: 'pearson', version: 1, options: {}, kind: 'prediction' }],
  ceiling: { name: 'nsd', id: 'nsd', version: 1, options: {} },
  subjects: [
    {
      subject: 'subj01',
      responsesFingerprint: 'responses',
      seen: [0, 1, 2, 3],
      voxelIds: ['v0', 'v1'],
      regions: new Map([['V1', [0, 1]]]),
    },
  ],
  regions: ['V1'],
  rdms: new Map(),
};

const keys = (changed: ComparisonDescription, kind: 'extract' | 'ceiling' | 'fit' | 'score') =>
  tasksOf(planComparison(changed), kind).map((task) => task.key);

describe('planComparison', () => {
  it('plans one extraction per model, one fit per layer and fold, one score per layer', () => {
    const counts = (['ceiling', 'extract', 'fit', 'fit-summary', 'score'] as const).map(
      (kind) => tasksOf(planComparison(description), kind).length,
    );
    expect(counts).toEqual([1, 1, 4, 2, 2]);
  });

  it('lists every task behind what it depends on', () => {
    const seen = new Set<string>();
    for (const task of planComparison(description).tasks) {
      for (const key of task.dependsOn) expect(seen).toContain(key);
      seen.add(task.key);
    }
  });

  it('gives the same keys to the same comparison under other names', () => {
    const renamed = { ...description, models: [model('another name', 'net')] };
    expect(keys(renamed, 'score')).toEqual(keys(description, 'score'));
  });

  it('changes the keys of everything behind changed weights, and of nothing else', () => {
    const retrained = { ...description, models: [model('net', 'other weights')] };
    expect(keys(retrained, 'extract')).not.toEqual(keys(description, 'extract'));
    expect(keys(retrained, 'fit')).not.toEqual(keys(description, 'fit'));
    expect(keys(retrained, 'ceiling')).toEqual(keys(description, 'ceiling'));
  });

  it('changes all folds when one image changes, since each trains or tests on it', () => {
    const changed = { ...description, models: [{ ...model('net'), rowKeys: ['ka', 'kb', 'kc', 'changed'] }] };
    const before = new Set(keys(description, 'fit'));
    expect(keys(changed, 'fit').some((key) => before.has(key))).toBe(false);
  });

  it.each([
    ['the options of the readout', { readouts: [{ ...ridge, options: { alphas: [2] } }] }, 'fit'],
    ['the version of the readout', { readouts: [{ ...ridge, version: 2 }] }, 'fit'],
    ['the seed', { seed: 2 }, 'fit'],
    ['how folds are scored', { foldScores: 'per-fold' as const }, 'score'],
  ])('changes keys with %s', (_, change, kind) => {
    expect(keys({ ...description, ...change }, kind as 'fit')).not.toEqual(keys(description, kind as 'fit'));
  });

  describe('of a model with a core', () => {
    const size = { map: [8, 1, 1] as const, nParameters: 5, nActivations: 6, nOperations: 7 };
    const withCore = (fingerprint: string): DescribedModel => ({
      ...model('net'),
      core: {
        fingerprint,
        description: 'a core',
        measure: ([channels]) => ({ ...size, nActivations: channels }),
      },
    });
    const trained = { ...ridge, name: 'trained', id: 'trained', trainsCores: true };
    const rsa = { name: 'rsa', id: 'rsa', version: 1, options: {}, kind: 'geometry' as const };

    it('plans only readouts that can train it, and no score without a readout', () => {
      const models = [model('frozen'), withCore('c8')];
      const scorers = [...description.scorers, rsa];
      const graph = planComparison({ ...description, models, readouts: [ridge, trained], scorers });
      const fits = tasksOf(graph, 'fit').map((task) => `${task.readout} on ${task.model}`);
      expect([...new Set(fits)]).toEqual(['ridge on frozen', 'trained on frozen', 'trained on net']);
      expect(new Set(tasksOf(graph, 'geometry').map((task) => task.model))).toEqual(new Set(['frozen']));
    });

    it('lets the core stand in the keys of fits, and of nothing before them', () => {
      const planned = (fingerprint: string) => ({
        ...description,
        models: [withCore(fingerprint)],
        readouts: [trained],
      });
      expect(keys(planned('c8'), 'fit')).not.toEqual(keys(planned('other'), 'fit'));
      expect(keys(planned('c8'), 'extract')).toEqual(keys(planned('other'), 'extract'));
      expect(keys(planned('c8'), 'extract')).toEqual(keys(description, 'extract'));
    });

    it('tells the estimates what the core takes of the layer', () => {
      const sizes: FitSize[] = [];
      const estimateMemory = (each: FitSize) => sizes.push(each);
      planComparison({
        ...description,
        models: [withCore('c8')],
        readouts: [{ ...trained, estimateMemory }],
      });
      expect(sizes[0]).toMatchObject({ rowShape: [10], core: { ...size, nActivations: 10 } });
    });
  });

  it('keeps the fits when only the way of scoring changes', () => {
    expect(keys({ ...description, foldScores: 'per-fold' }, 'fit')).toEqual(keys(description, 'fit'));
  });

  it('lets regions stand in the keys only of readouts that learn voxels together', () => {
    const [subject] = description.subjects;
    const cut = new Map([
      ['V1', [0]],
      ['V2', [1]],
    ]);
    const fits = (isVoxelIndependent: boolean, regions: ReadonlyMap<string, number[]>) =>
      keys(
        {
          ...description,
          readouts: [{ ...ridge, isVoxelIndependent }],
          subjects: [{ ...subject, regions }],
        },
        'fit',
      );
    const whole = new Map([['V1', [0, 1]]]);
    expect(fits(true, cut)).toEqual(fits(true, whole));
    expect(fits(false, cut)).not.toEqual(fits(false, whole));
  });

  it('lets coordinates stand in the keys only of readouts that read them', () => {
    const [subject] = description.subjects;
    const fits = (wantsCoordinates: boolean, x: number) =>
      keys(
        {
          ...description,
          readouts: [{ ...ridge, wantsCoordinates }],
          subjects: [{ ...subject, coordinates: Float64Array.of(x, 0, 0, 1, 1, 1) }],
        },
        'fit',
      );
    expect(fits(false, 0)).toEqual(fits(false, 2));
    expect(fits(true, 0)).not.toEqual(fits(true, 2));
  });

  it('extracts the features of a locator once, before the fits that read them', () => {
    const locator = { ...model('locator', 'other net'), layers: [layer('deep', 0)] };
    const located = { ...description, readouts: [{ ...ridge, locator }] };
    const extracts = tasksOf(planComparison(located), 'extract');
    expect(extracts.map((task) => task.model)).toEqual(['net', 'locator']);
    for (const fit of tasksOf(planComparison(located), 'fit'))
      expect(fit.dependsOn).toEqual(extracts.map((task) => task.key));
    const moved = { ...locator, layers: [layer('deeper', 0)] };
    const others = keys({ ...description, readouts: [{ ...ridge, locator: moved }] }, 'fit');
    expect(others).not.toEqual(keys(located, 'fit'));
  });

  describe('with a union of layers', () => {
    const [net, words] = [model('net'), model('words', 'other net')];
    const union = (...spaces: DescribedSpace[]): DescribedModel => ({
      ...{ name: 'union', fingerprint: spaces.map(({ name }) => name).join(), rowKeys: net.rowKeys, spaces },
      layers: [layer('both', 0)],
    });
    const space = (of: DescribedModel) => ({ name: of.name, model: of, layer: of.layers[0] });
    const united = { ...description, models: [net, words, union(space(net), space(words))] };

    it('extracts nothing for it, and fits it behind the extractions of its models', () => {
      const graph = planComparison(united);
      const extracts = tasksOf(graph, 'extract');
      expect(extracts.map((task) => task.model)).toEqual(['net', 'words']);
      const fits = tasksOf(graph, 'fit').filter((task) => task.model === 'union');
      expect(fits).toHaveLength(2);
      for (const fit of fits) expect(fit.dependsOn).toEqual(extracts.map((task) => task.key));
    });

    it('extracts a model once of which it takes two layers, and tells readouts how many spaces there are', () => {
      const sizes: (number | undefined)[] = [];
      const told = { ...ridge, estimateMemory: ({ nBands }: FitSize) => sizes.push(nBands) };
      const twice = [net, union(space(net), { ...space(net), name: 'net again' })];
      const graph = planComparison({ ...description, models: twice, readouts: [told] });
      expect(tasksOf(graph, 'extract')).toHaveLength(1);
      for (const fit of tasksOf(graph, 'fit')) expect(fit.dependsOn).toHaveLength(1);
      expect(new Set(sizes)).toEqual(new Set([undefined, 2]));
    });
  });

  it('plans geometry without readouts', () => {
    const geometry = {
      ...description,
      readouts: [],
      scorers: [{ name: 'rsa', id: 'rsa', version: 1, options: {}, kind: 'geometry' as const }],
    };
    const graph = planComparison(geometry);
    expect(tasksOf(graph, 'geometry')).toHaveLength(2);
    expect(tasksOf(graph, 'geometry-ceiling')).toHaveLength(1);
    expect(tasksOf(graph, 'fit')).toHaveLength(0);
  });
});

describe('totalCost', () => {
  it('takes the largest memory, and adds up disk and time', () => {
    const task = (memoryBytes: number) => ({
      ...{ key: String(memoryBytes), kind: 'fit' as const, title: '', dependsOn: [] },
      cost: { memoryBytes, diskBytes: 10, seconds: 2 },
    });
    expect(totalCost({ tasks: [task(5), task(7), task(3)] })).toEqual({
      memoryBytes: 7,
      diskBytes: 30,
      seconds: 6,
    });
  });
});
