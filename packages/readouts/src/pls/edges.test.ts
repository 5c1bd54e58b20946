import { evaluate, input, type Tensor, type Value } from '@striate/compute';
import { selectRows, type FeatureRows, type FittedReadout, type MeanResponses } from '@striate/contracts';
import { normals, responsesOf } from '../__fixtures__/planted.js';
import { columnsOf, fit, largestError, normalVectors, predict, vectors } from './__fixtures__/problem.js';
import { create } from './readout.js';

const N = 24;
const P = 10;
const features = normalVectors(N, P, 1);
const noise = responsesOf(N, 3, normals(2));
const noiseAt = (s: number, v: number) => noise.values.data[3 * s + v];
const COMPONENTS = { components: 2 };

/** The same responses with gaps. */
function masked(
  responses: MeanResponses,
  isMeasured: (stimulus: number, voxel: number) => boolean,
): MeanResponses {
  const n = responses.voxelIds.length;
  const { data } = responses.values;
  const observed = Uint8Array.from(data, (_, i) => Number(isMeasured(Math.floor(i / n), i % n)));
  const values = { ...responses.values, data: data.map((value, i) => (observed[i] ? value : NaN)) };
  return { ...responses, values, observed };
}

const codesOf = ({ warnings }: FittedReadout) => warnings.map(({ code }) => code);

describe('pls with a constant voxel', () => {
  // The mean of 24 times 0.1 is not 0.1: rounding must not become a response.
  const withConstant = responsesOf(N, 4, (s, v) => (v === 3 ? 0.1 : noiseAt(s, v)));
  const cases = [P, 3 * N].flatMap((nFeatures) =>
    [false, true].map((standardise) => ({ nFeatures, standardise })),
  );

  it.each(cases)(
    'predicts it as its constant, and the others as without it: %j',
    async ({ nFeatures, standardise }) => {
      const options = { ...COMPONENTS, standardise };
      const some = normalVectors(N, nFeatures, 3);
      const predictions = await predict(await fit(some, withConstant, options), some);
      const alone = await predict(await fit(some, noise, options), some);
      expect(largestError(columnsOf(predictions, 4, [3]), Array<number>(N).fill(0.1))).toBeLessThan(1e-14);
      expect(largestError(columnsOf(predictions, 4, [0, 1, 2]), alone)).toBeLessThan(1e-12);
    },
  );

  it('has no components where all are constant, and says so', async () => {
    const fitted = await fit(
      features,
      responsesOf(N, 2, (_, v) => v + 0.1),
    );
    expect(await predict(fitted, features)).toEqual(
      Array.from({ length: 2 * N }, (_, i) => expect.closeTo((i % 2) + 0.1, 14)),
    );
    expect([...fitted.perVoxel['components']]).toEqual([0, 0]);
    expect(fitted.warnings).toEqual([
      expect.objectContaining({ code: 'fewer-components', count: 2, total: 2 }),
    ]);
    const restored = create().fromState(await fitted.toState());
    expect(await predict(restored, features)).toEqual(await predict(fitted, features));
    expect(await throughGraph(fitted, features, 0)).toEqual([expect.closeTo(0.1, 6), expect.closeTo(1.1, 6)]);
  });
});

describe('pls with constant features', () => {
  it.each([5, 60])('predicts means from %d of them', async (nFeatures) => {
    const constant = vectors(nFeatures, Array<number>(N * nFeatures).fill(0.1));
    const fitted = await fit(constant, noise);
    const means = [0, 1, 2].map((v) =>
      columnsOf([...noise.values.data], 3, [v]).reduce((sum, y) => sum + y / N, 0),
    );
    expect([...fitted.perVoxel['components']]).toEqual([0, 0, 0]);
    expect(largestError(await predict(fitted, selectRows(constant, [0])), means)).toBeLessThan(1e-14);
  });
});

describe('pls with responses that were not measured', () => {
  const gap = (s: number, v: number) => v !== 1 || s % 4 !== 0;

  it('shares components among voxels that saw the same stimuli, and says that others have their own', async () => {
    const fitted = await fit(features, masked(noise, gap), COMPONENTS);
    const predictions = await predict(fitted, features);
    const complete = responsesOf(N, 2, (s, v) => noiseAt(s, 2 * v));
    const expected = await predict(await fit(features, complete, COMPONENTS), features);
    expect(largestError(columnsOf(predictions, 3, [0, 2]), expected)).toBeLessThan(1e-12);
    const seen = [...Array(N).keys()].filter((s) => gap(s, 1));
    const some = responsesOf(seen.length, 1, (s) => noiseAt(seen[s], 1));
    const apart = await predict(await fit(selectRows(features, seen), some, COMPONENTS), features);
    expect(largestError(columnsOf(predictions, 3, [1]), apart)).toBeLessThan(1e-12);
    expect(fitted.warnings).toEqual([expect.objectContaining({ code: 'components-not-shared', count: 2 })]);
  });

  it('predicts NaN for a voxel that was never measured, says so, and leaves it out of the components', async () => {
    const fitted = await fit(
      features,
      masked(noise, (_, v) => v !== 1),
      COMPONENTS,
    );
    const predictions = await predict(fitted, features);
    expect(columnsOf(predictions, 3, [1]).every(Number.isNaN)).toBe(true);
    expect(columnsOf(predictions, 3, [0, 2]).every(Number.isFinite)).toBe(true);
    expect([...fitted.perVoxel['components']]).toEqual([2, NaN, 2]);
    expect(fitted.warnings).toEqual([
      expect.objectContaining({ code: 'voxel-not-measured', count: 1, total: 3 }),
    ]);
    expect(fitted.nParameters).toBe(2 * (P + 2) + 2);
  });

  it('predicts NaN everywhere where nothing was measured at all', async () => {
    const fitted = await fit(
      features,
      masked(noise, () => false),
    );
    expect((await predict(fitted, features)).every(Number.isNaN)).toBe(true);
    expect(codesOf(fitted)).toEqual(['voxel-not-measured']);
  });

  it('predicts the same as a graph, from groups of voxels', async () => {
    const fitted = await fit(
      features,
      masked(noise, (s, v) => v !== 2 && gap(s, v)),
      COMPONENTS,
    );
    const expected = await predict(fitted, selectRows(features, [5]));
    const actual = await throughGraph(fitted, features, 5);
    expect(expected[2]).toBeNaN();
    expect(actual).toEqual(expected.map((value) => (Number.isNaN(value) ? NaN : expect.closeTo(value, 5))));
  });
});

describe('pls with fewer components than were asked for', () => {
  it('stops at what five stimuli tell, and says for how many voxels', async () => {
    const few = selectRows(features, [0, 1, 2, 3, 4]);
    const fitted = await fit(few, responsesOf(5, 3, noiseAt));
    expect([...fitted.perVoxel['components']]).toEqual([4, 4, 4]);
    expect(fitted.warnings).toEqual([
      expect.objectContaining({ code: 'fewer-components', count: 3, total: 3 }),
    ]);
  });

  it('says nothing where all were found', async () => {
    expect((await fit(features, noise, COMPONENTS)).warnings).toEqual([]);
  });

  it('predicts what one stimulus evoked, after one stimulus', async () => {
    const fitted = await fit(selectRows(features, [7]), responsesOf(1, 3, noiseAt));
    expect(await predict(fitted, selectRows(features, [3]))).toEqual([0, 1, 2].map((v) => noiseAt(0, v)));
    expect(codesOf(fitted)).toEqual(['fewer-components']);
  });
});

describe('pls where many directions covary nearly as much', () => {
  it('says that a component has not converged', async () => {
    // Stimuli in a row, each with a feature of its own, and voxels that respond to two neighbours: eigenvalues like those of a string.
    const n = 500;
    const own = vectors(
      n,
      Array.from({ length: n * n }, (_, i) => Number(i % (n + 1) === 0)),
    );
    const neighbours = responsesOf(n, n - 1, (s, v) => Number(s === v || s === v + 1));
    const fitted = await fit(own, neighbours, { components: 1 });
    expect(fitted.warnings).toEqual([
      expect.objectContaining({ code: 'components-not-converged', count: 1, total: 1 }),
    ]);
  });
});

describe('pls', () => {
  it('refuses features of another layer', async () => {
    const fitted = await fit(features, noise, COMPONENTS);
    const other = fitted.doPredict({ features: normalVectors(2, P + 1, 3) });
    await expect(other).rejects.toMatchObject({ code: 'STRIATE_SHAPE_MISMATCH' });
  });

  it.each([{ components: 0 }, { components: 2.5 }, { standardise: 1 }, { tolerance: 1 }])(
    'refuses %j',
    (options) => {
      expect(() => create().parseOptions(options)).toThrow(
        expect.objectContaining({ code: 'STRIATE_INVALID_OPTION' }),
      );
    },
  );

  it('reports progress from nothing to all, over groups of voxels', async () => {
    const readout = create();
    const seen: number[] = [];
    const responses = masked(noise, (s, v) => s % 3 !== v);
    const request = { inputs: { features }, responses, seed: 1, onProgress: (f: number) => seen.push(f) };
    await readout.doFit(request, readout.parseOptions(COMPONENTS));
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen[0]).toBeLessThan(0.3);
    expect(seen[seen.length - 1]).toBeCloseTo(1, 12);
  });
});

async function throughGraph(fitted: FittedReadout, rows: FeatureRows, stimulus: number): Promise<number[]> {
  const y = (await fitted.toGraph!({ features: input('x', [1, P]) })) as Value;
  const x: Tensor = { dtype: 'float32', shape: [1, P], data: await rows.readRows([stimulus]) };
  return [...((await evaluate({ y }, { x })).y.data as Float32Array)];
}
