import { describeReadout } from '@striate/conformance';
import { evaluate, input, type Tensor, type Value } from '@striate/compute';
import { selectRows, type FitRequest } from '@striate/contracts';
import { errorsOf, normals, r2Of, randomMaps, responsesOf } from '../__fixtures__/planted.js';
import { create as createRidge } from '../ridge/readout.js';
import { listFields, weighPixels, type Field } from './fields.js';
import { create } from './readout.js';
import { parseFwrfOptions } from './options.js';

const SHAPE = [6, 12, 12] as const;
/** Few fields, for speed: 8 x 8, 5 x 5, 3 x 3. */
const COARSE = { sizes: { from: 0.1, to: 0.3, count: 3 }, alphas: [1, 10, 100, 1000] };
const fwrf = create();

const fit = (request: Omit<FitRequest, 'seed'>, options: object = COARSE) =>
  fwrf.doFit({ seed: 1, ...request }, fwrf.parseOptions(options));

describe('listFields', () => {
  it('lists the 875 fields of the method by default', () => {
    const fields = listFields(parseFwrfOptions({}), [7, 7]);
    expect(fields).toHaveLength(875); // 20^2 + 15^2 + 11^2 + 8^2 + 6^2 + 4^2 + 3^2 + 2^2
    expect(fields[0]).toEqual({ x: -0.55, y: -0.55, size: expect.closeTo(0.04, 12) });
    expect(fields[1].x - fields[0].x).toBeCloseTo(1.1 / 19, 12);
    expect(fields[874]).toEqual({ x: 0.55, y: 0.55, size: expect.closeTo(0.4, 12) });
  });

  it('puts a single field in the middle', () => {
    const options = { sizes: { from: 1, to: 1, count: 1 }, spacing: 2, reach: 1 };
    expect(listFields(options, [3, 3])).toEqual([{ x: 0, y: 0, size: 1 }]);
  });

  it('has one field without place or size for a map of one pixel', () => {
    expect(listFields(parseFwrfOptions({}), [1, 1])).toEqual([{ x: NaN, y: NaN, size: NaN }]);
  });
});

describe('weighPixels', () => {
  it('weighs pixels by their distance from the centre', () => {
    // Two pixels at x = -1/4 and 1/4; from the first they are 0 and 1/2 away, and 1/2 = 2 sizes.
    const { rows, columns, data } = weighPixels([{ x: -0.25, y: 0, size: 0.25 }], [1, 2]);
    const far = Math.exp(-2);
    expect([rows, columns]).toEqual([1, 2]);
    expect(data[0]).toBeCloseTo(1 / (1 + far), 6);
    expect(data[1]).toBeCloseTo(far / (1 + far), 6);
  });

  it('keeps a narrow field between pixels and one beyond the border finite, with the sum 1', () => {
    const fields = [
      { x: 0, y: 0, size: 0.04 },
      { x: 0.55, y: -0.55, size: 0.04 },
    ];
    const { data } = weighPixels(fields, [2, 2]);
    expect([...data.subarray(0, 4)]).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(data[5]).toBeCloseTo(1, 6); // top right
    expect([...data].every(Number.isFinite)).toBe(true);
  });
});

describe('fwrf', () => {
  const N = 500;
  const { features, data } = randomMaps(N, SHAPE, 11);
  const inputs = { features };
  const [channels, height, width] = SHAPE;

  /** sum_c w_vc sum_p g_p map_cp + noise, each voxel through a field of its own. */
  function plant(fields: readonly Field[], noise: number) {
    const normal = normals(12);
    const weights = Array.from({ length: fields.length * channels }, normal);
    const masks = weighPixels(fields, [height, width]).data;
    const nPixels = height * width;
    return responsesOf(N, fields.length, (s, v) => {
      let sum = 0;
      for (let c = 0; c < channels; c++)
        for (let p = 0; p < nPixels; p++)
          sum += weights[v * channels + c] * masks[v * nPixels + p] * data[(s * channels + c) * nPixels + p];
      const gain = Math.sqrt(masks.subarray(v * nPixels, (v + 1) * nPixels).reduce((g, m) => g + m * m, 0));
      return sum / gain + noise * normal() + v;
    });
  }

  it('finds the fields that voxels look through, and predicts', async () => {
    const candidates = listFields(fwrf.parseOptions(COARSE), [height, width]);
    const planted = [10, 27, 45, 70, 80, 93].map((i) => candidates[i]);
    const responses = plant(planted, 0.5);
    const fitted = await fit({ inputs, responses });
    planted.forEach(({ x, y, size }, voxel) => {
      expect(fitted.perVoxel['fieldX'][voxel]).toBeCloseTo(2 * x, 12);
      expect(fitted.perVoxel['fieldY'][voxel]).toBeCloseTo(2 * y, 12);
      expect(fitted.perVoxel['fieldSize'][voxel]).toBeCloseTo(2 * size, 12);
    });
    const truth = plant(planted, 0).values;
    for (const r2 of r2Of(await fitted.doPredict(inputs), truth)) expect(r2).toBeGreaterThan(0.95);
  });

  it('finds centres to a tenth of a cell when its grid is as fine', async () => {
    const planted = [
      { x: -0.213, y: 0.101, size: 0.15 },
      { x: 0.187, y: 0.262, size: 0.15 },
    ];
    const grid = {
      sizes: { from: 0.15, to: 0.15, count: 1 },
      spacing: 0.07,
      reach: 0.6,
      alphas: [1, 10, 100],
    };
    const fitted = await fit({ inputs, responses: plant(planted, 0.1) }, grid);
    planted.forEach(({ x, y }, voxel) => {
      expect(Math.abs(fitted.perVoxel['fieldX'][voxel] / 2 - x)).toBeLessThan(0.1 / width);
      expect(Math.abs(fitted.perVoxel['fieldY'][voxel] / 2 - y)).toBeLessThan(0.1 / height);
    });
  });

  it('predicts the same as a graph, NaN for a voxel that was never measured', async () => {
    const candidates = listFields(fwrf.parseOptions(COARSE), [height, width]);
    const responses = plant(
      [10, 45, 80].map((i) => candidates[i]),
      1,
    );
    const observed = Uint8Array.from(responses.values.data, (_, i) => Number(i % 3 !== 1));
    const fitted = await fit({ inputs, responses: { ...responses, observed } });
    const y = (await fitted.toGraph!({ features: input('map', [1, ...SHAPE]) })) as Value;
    const map: Tensor = { dtype: 'float32', shape: [1, ...SHAPE], data: await features.readRows([7]) };
    const actual = [...((await evaluate({ y }, { map })).y.data as Float32Array)];
    const expected = [...(await fitted.doPredict({ features: selectRows(features, [7]) })).data];
    expect(actual).toEqual(expected.map((value) => (Number.isNaN(value) ? NaN : expect.closeTo(value, 4))));
    expect(actual[1]).toBeNaN();
  });

  it('beats ridge on the whole map where voxels look through fields', async () => {
    const candidates = listFields(fwrf.parseOptions(COARSE), [height, width]);
    const planted = [10, 45, 80].map((i) => candidates[i]);
    const responses = plant(planted, 1);
    const truth = plant(planted, 0).values;
    const observed = Uint8Array.from(truth.data, (_, i) => Number(i < 300 * 3)); // the other 200 are the test
    const train = { ...responses, observed };
    const errorOf = async (fitted: Awaited<ReturnType<typeof fit>>) => {
      const all = await fitted.doPredict(inputs);
      const test = (of: typeof all) => ({ ...of, shape: [200, 3] as const, data: of.data.slice(900) });
      return errorsOf(test(all), test(truth)).reduce((sum, error) => sum + error, 0);
    };
    const ridge = createRidge();
    const whole = await ridge.doFit({ inputs, responses: train, seed: 1 }, ridge.parseOptions({}));
    expect(await errorOf(await fit({ inputs, responses: train }))).toBeLessThan(0.5 * (await errorOf(whole)));
  });

  it('predicts a constant voxel as its constant, one that was never measured as NaN, and says so', async () => {
    const [first] = listFields(fwrf.parseOptions(COARSE), [height, width]);
    const responses = plant([first, first, first], 0.1);
    const values = responses.values.data.map((value, i) => [value, 7, NaN][i % 3]);
    const observed = Uint8Array.from(values, (value) => Number(!Number.isNaN(value)));
    const fitted = await fit({
      inputs,
      responses: { ...responses, values: { ...responses.values, data: values }, observed },
    });
    const predictions = await fitted.doPredict(inputs);
    const column = (voxel: number) => Array.from({ length: N }, (_, s) => predictions.data[3 * s + voxel]);
    expect(column(0).every(Number.isFinite)).toBe(true);
    for (const value of column(1)) expect(value).toBeCloseTo(7, 5);
    expect(column(2).every(Number.isNaN)).toBe(true);
    expect(fitted.perVoxel['fieldX'][2]).toBeNaN();
    expect(fitted.warnings).toContainEqual(expect.objectContaining({ code: 'voxel-not-measured', count: 1 }));
  });

  it('reads a map of one pixel as ridge does, and tells no field', async () => {
    const pixel = { features: randomMaps(100, [4, 1, 1], 13).features };
    const responses = responsesOf(100, 2, (s, voxel) => Math.sin(s + voxel));
    const fitted = await fit({ inputs: pixel, responses }, { alphas: [1] });
    const ridge = createRidge();
    const options = ridge.parseOptions({ alphas: [1], standardise: true });
    const same = await ridge.doFit({ inputs: pixel, responses, seed: 1 }, options);
    const expected = (await same.doPredict(pixel)).data;
    (await fitted.doPredict(pixel)).data.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
    expect([...fitted.perVoxel['fieldX'], ...fitted.perVoxel['fieldSize']].every(Number.isNaN)).toBe(true);
    expect(fitted.perVoxel['alpha']).toEqual(Float64Array.of(1, 1));
  });

  it('works with more channels than stimuli', async () => {
    const wide = randomMaps(40, [60, 3, 3], 14);
    const responses = responsesOf(40, 1, (s) => wide.data[s * 540 + 4]);
    const fitted = await fit({ inputs: { features: wide.features }, responses });
    const [r2] = r2Of(await fitted.doPredict({ features: wide.features }), responses.values);
    expect(r2).toBeGreaterThan(0.5);
  });

  it('refuses too few stimuli, maps of another shape, and features without channels', async () => {
    const few = {
      inputs: { features: randomMaps(2, SHAPE, 15).features },
      responses: responsesOf(2, 1, (s) => s),
    };
    await expect(fit(few)).rejects.toMatchObject({ code: 'STRIATE_TOO_FEW_STIMULI' });
    const fitted = await fit({ inputs, responses: responsesOf(N, 1, (s) => Math.sin(s)) });
    const other = { features: randomMaps(3, [6, 12, 11], 16).features };
    await expect(fitted.doPredict(other)).rejects.toMatchObject({ code: 'STRIATE_SHAPE_MISMATCH' });
    const rows = { rowAxes: ['token', 'feature'] as const, rowShape: [72, 12] };
    const tokens = { features: { ...features, ...rows } };
    const onTokens = fit({ inputs: tokens, responses: responsesOf(N, 1, (s) => s) });
    await expect(onTokens).rejects.toMatchObject({ code: 'STRIATE_SHAPE_MISMATCH' });
  });

  it('stops between fields when its signal is aborted, and reports progress from nothing to all', async () => {
    const responses = responsesOf(N, 2, (s) => Math.sin(s));
    const seen: number[] = [];
    await fit({ inputs, responses, onProgress: (fraction) => seen.push(fraction) });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen[seen.length - 1]).toBe(1);
    const control = new AbortController();
    let nSeen = 0;
    const stopped = fit({
      inputs,
      responses,
      signal: control.signal,
      onProgress: () => void (++nSeen === 3 && control.abort()),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'STRIATE_ABORTED' });
    expect(nSeen).toBe(3);
  });

  it.each([{ sizes: { from: 0.4, to: 0.04, count: 3 } }, { sizes: 3 }, { heldOut: 1 }, { spacing: 0 }])(
    'refuses the options %j',
    (options) => {
      expect(() => fwrf.parseOptions(options)).toThrow(
        expect.objectContaining({ code: 'STRIATE_INVALID_OPTION' }),
      );
    },
  );
});

/** Few fields, for speed; and more is held out: the kit has a law for 27 stimuli, of which 3 would choose among all fields. */
const FOR_KIT = { sizes: { from: 0.1, to: 0.1, count: 1 }, alphas: COARSE.alphas, heldOut: 0.3 };
describe.each([FOR_KIT, { ...FOR_KIT, precision: 'float64' }])('fwrf with %j', (options) => {
  const readout = create();
  const subject = () => ({ plugin: 'fwrf', readout, options: readout.parseOptions(options) });
  describeReadout({ describe, it }, subject);
});
