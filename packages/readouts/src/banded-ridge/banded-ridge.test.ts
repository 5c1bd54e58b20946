import { describeReadout } from '@striate/conformance';
import { evaluate, input, matrix, type Tensor, type Value } from '@striate/compute';
import { rowsInMemory, selectRows, uniteRows, type FeatureRows, type FitRequest } from '@striate/contracts';
import { errorsOf, ids, normals, responsesOf } from '../__fixtures__/planted.js';
import { createRidgeEngine } from '../ridge/fit.js';
import { create as createRidge } from '../ridge/readout.js';
import { create } from './readout.js';
import { fitBandedRidge } from './fit.js';
import { parseBandedRidgeOptions } from './options.js';

const readout = create();
const FEW = { samples: 12, alphas: [1, 10, 100, 1000, 1e4] };

const fit = (request: Omit<FitRequest, 'seed'>, options: object = FEW) =>
  readout.doFit({ seed: 1, ...request }, readout.parseOptions(options));

/** Two spaces: a narrow one, and a wide one at another scale. */
function spaces(n: number, [narrow, wide]: readonly [number, number], scale = 10) {
  const normal = normals(21);
  const a = Float32Array.from({ length: n * narrow }, normal);
  const b = Float32Array.from({ length: n * wide }, () => scale * normal());
  const rowsOf = (data: Float32Array, length: number) =>
    rowsInMemory(ids('s', n), ['feature'], [length], data);
  const features = uniteRows([
    { name: 'narrow', rows: rowsOf(a, narrow) },
    { name: 'wide', rows: rowsOf(b, wide) },
  ]);
  return { a, b, features };
}

describe('fitBandedRidge', () => {
  it('shrinks each space by its own penalty, as worked by hand', async () => {
    // Orthogonal columns with squares 4: weights 4 w / (4 + penalty); penalties 4 and 12 halve and quarter them.
    const a = matrix(4, 1, Float64Array.of(1, 1, -1, -1));
    const b = matrix(4, 1, Float64Array.of(1, -1, 1, -1));
    const y = matrix(4, 1, Float64Array.of(2, 0, 0, -2)); // a + b
    const options = parseBandedRidgeOptions({
      alphas: [3],
      folds: 2,
      intercept: false,
      precision: 'float64',
    });
    const engine = createRidgeEngine();
    const ratios = [Float64Array.of(3 / 4, 1 / 4)];
    const { weights, alphas } = await fitBandedRidge(engine, { a, b }, y, options, { ratios });
    expect(weights[0].data[0]).toBeCloseTo(1 / 2, 12);
    expect(weights[1].data[0]).toBeCloseTo(1 / 4, 12);
    expect([...alphas.data]).toEqual([4, 12]);
    await engine.dispose();
  });
});

describe('banded-ridge', () => {
  it.each([
    ['more stimuli than features', 300, [10, 40]],
    ['fewer stimuli than features', 120, [20, 200]],
  ] as const)(
    'beats plain ridge where spaces differ in scale and only one matters, with %s',
    async (_, n, sizes) => {
      const { a, features } = spaces(2 * n, sizes);
      const normal = normals(22);
      const weights = Array.from({ length: 4 * sizes[0] }, normal);
      const signal = (s: number, v: number) =>
        weights
          .slice(v * sizes[0], (v + 1) * sizes[0])
          .reduce((sum, weight, i) => sum + weight * a[s * sizes[0] + i], 0);
      const truth = responsesOf(2 * n, 4, signal);
      const noisy = responsesOf(2 * n, 4, (s, v) => signal(s, v) + 2 * normal());
      const train = Array.from({ length: n }, (__, s) => s);
      const test = train.map((s) => s + n);
      const half = responsesOf(n, 4, (s, v) => noisy.values.data[s * 4 + v]);
      const request = { inputs: { features: selectRows(features, train) }, responses: half };
      const tested = responsesOf(n, 4, (s, v) => truth.values.data[(s + n) * 4 + v]).values;
      const errorOf = async (fitted: Awaited<ReturnType<typeof fit>>) => {
        const predictions = await fitted.doPredict({ features: selectRows(features, test) });
        return errorsOf(predictions, tested).reduce((sum, error) => sum + error, 0);
      };
      const ridge = createRidge();
      const plain = await ridge.doFit({ ...request, seed: 1 }, ridge.parseOptions({ alphas: FEW.alphas }));
      const banded = await fit(request, { ...FEW, samples: 30 });
      expect(await errorOf(banded)).toBeLessThan(0.6 * (await errorOf(plain)));
      const penalties = banded.perVoxel;
      for (let v = 0; v < 4; v++)
        expect(penalties['alpha:narrow'][v]).toBeLessThan(penalties['alpha:wide'][v]);
    },
  );

  it.each([
    ['primal', 100, [6, 9]],
    ['kernel', 30, [20, 40]],
  ] as const)(
    'predicts parts that add up to the prediction, in the %s form and as a graph',
    async (_, n, sizes) => {
      const { a, b, features } = spaces(n, sizes, 1);
      const responses = responsesOf(
        n,
        3,
        (s, v) => 5 * v + a[s * sizes[0]] + b[s * sizes[1] + v] + Math.sin(s),
      );
      const fitted = await fit({ inputs: { features }, responses });
      const whole = await fitted.doPredict({ features });
      const parts = await fitted.doPredictParts!({ features });
      expect(Object.keys(parts)).toEqual(['narrow', 'wide']);
      const rest = whole.data.map((value, i) => value - parts['narrow'].data[i] - parts['wide'].data[i]);
      rest.forEach((value, i) => expect(value).toBeCloseTo(rest[i % 3], 8));
      const length = sizes[0] + sizes[1];
      const y = (await fitted.toGraph!({ features: input('row', [1, length]) })) as Value;
      const row: Tensor = { dtype: 'float32', shape: [1, length], data: await features.readRows([4]) };
      const graph = (await evaluate({ y }, { row })).y.data as Float32Array;
      graph.forEach((value, v) => expect(value).toBeCloseTo(whole.data[4 * 3 + v], 3));
    },
  );

  it('is ridge where there is one feature space', async () => {
    const { features } = spaces(80, [10, 10]);
    const only = features.bands![0].rows;
    const responses = responsesOf(80, 2, (s, v) => Math.sin(s + v));
    const fitted = await fit({ inputs: { features: only }, responses });
    const ridge = createRidge();
    const plain = await ridge.doFit(
      { inputs: { features: only }, responses, seed: 1 },
      ridge.parseOptions({ alphas: FEW.alphas }),
    );
    expect(fitted.perVoxel['alpha']).toEqual(plain.perVoxel['alpha']);
    const expected = (await plain.doPredict({ features: only })).data;
    (await fitted.doPredict({ features: only })).data.forEach((value, i) =>
      expect(value).toBeCloseTo(expected[i], 6),
    );
  });

  it('standardises within each space', async () => {
    const { features } = spaces(90, [5, 7], 1);
    const scaled = spaces(90, [5, 7], 1000).features;
    const responses = responsesOf(90, 2, (s, v) => Math.sin(s * (v + 1)));
    const predictions = async (rows: FeatureRows) => {
      const fitted = await fit({ inputs: { features: rows }, responses }, { ...FEW, standardise: true });
      return (await fitted.doPredict({ features: rows })).data;
    };
    const expected = await predictions(features);
    (await predictions(scaled)).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4));
  });

  it('keeps voxels with other measured stimuli apart, and predicts NaN for those with none', async () => {
    const n = 60;
    const { a, features } = spaces(n, [4, 8]);
    const responses = responsesOf(n, 3, (s, v) => a[s * 4 + v] + 3);
    const observed = Uint8Array.from(responses.values.data, (_, i) =>
      Number(i % 3 !== 2 && (i % 3 === 0 || i < 120)),
    );
    const fitted = await fit({ inputs: { features }, responses: { ...responses, observed } });
    const { data } = await fitted.doPredict({ features });
    for (let s = 0; s < n; s++) {
      expect(data[3 * s]).toBeCloseTo(responses.values.data[3 * s], 0);
      expect(data[3 * s + 2]).toBeNaN();
    }
    expect(fitted.warnings).toContainEqual(expect.objectContaining({ code: 'voxel-not-measured', count: 1 }));
    const restored = readout.fromState(await fitted.toState());
    expect((await restored.doPredict({ features })).data).toEqual(data);
    expect(await restored.doPredictParts!({ features })).toEqual(await fitted.doPredictParts!({ features }));
  });

  it('refuses other feature spaces than it was fitted on, and NaN in one of them', async () => {
    const { b, features } = spaces(50, [4, 8]);
    const responses = responsesOf(50, 1, (s) => Math.sin(s));
    const fitted = await fit({ inputs: { features }, responses });
    const swapped = uniteRows([...features.bands!].reverse());
    await expect(fitted.doPredict({ features: swapped })).rejects.toMatchObject({
      code: 'STRIATE_SHAPE_MISMATCH',
    });
    b[3] = NaN;
    await expect(fit({ inputs: { features }, responses })).rejects.toMatchObject({
      code: 'STRIATE_NON_FINITE',
    });
  });

  it('stops between ratios when its signal is aborted, and reports progress', async () => {
    const { features } = spaces(50, [4, 8]);
    const request = { inputs: { features }, responses: responsesOf(50, 2, (s) => Math.sin(s)) };
    const seen: number[] = [];
    await fit({ ...request, onProgress: (fraction) => seen.push(fraction) });
    expect(seen).toEqual(ids('', 12).map((_, i) => expect.closeTo((i + 1) / 12, 12)));
    const control = new AbortController();
    const stopped = fit({ ...request, signal: control.signal, onProgress: () => control.abort() });
    await expect(stopped).rejects.toMatchObject({ code: 'STRIATE_ABORTED' });
  });

  it.each([{ samples: 0 }, { concentrations: [] }, { concentrations: [0] }, { gammas: 3 }])(
    'refuses the options %j',
    (options) => {
      expect(() => readout.parseOptions(options)).toThrow(
        expect.objectContaining({ code: 'STRIATE_INVALID_OPTION' }),
      );
    },
  );
});

describe.each([FEW, { ...FEW, standardise: true, precision: 'float64' }])(
  'banded-ridge with %j',
  (options) => {
    const subject = () => ({ plugin: 'banded-ridge', readout, options: readout.parseOptions(options) });
    describeReadout({ describe, it }, subject);
  },
);
