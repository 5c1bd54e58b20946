import fc from 'fast-check';
import { apply, input, integers, onnx, type Value } from '../../graph/index.js';
import { gradientError } from '../__fixtures__/finite-differences.js';
import { gradients } from '../gradient.js';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const sizes = fc.integer({ min: 1, max: 7 });
const factors = fc.constantFrom(0.4, 0.5, 0.7, 1, 1.3, 1.5, 2, 2.3, 3);
const coordinates = fc.constantFrom(
  ...(['half_pixel', 'pytorch_half_pixel', 'align_corners', 'asymmetric'] as const),
);
const roundings = fc.constantFrom(...(['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'] as const));

const changes = (size: number, factor: number) => Math.floor(size * Math.fround(factor)) !== size;

const resize = onnx.OPERATORS.get('Resize')!;

describe('the gradient of Resize', () => {
  it.each(['nearest', 'linear'] as const)(
    'agrees with differences for any sizes, factors, coordinates and rounding, %s',
    async (mode) => {
      const options = fc.record({ mode: fc.constant(mode), coordinates, rounding: roundings });
      const targets = fc.oneof(
        fc.record({ sizes: fc.tuple(sizes, sizes) }),
        fc.record({ scales: fc.tuple(factors, factors) }),
      );
      await fc.assert(
        fc.asyncProperty(options, targets, fc.tuple(sizes, sizes), seeds, async (how, to, [h, w], seed) => {
          const shape = [2, 3, h + 2, w + 2];
          fc.pre(!('scales' in to) || to.scales.every((by, i) => by === 1 || changes(shape[i + 2], by)));
          const build = (x: Value) => onnx.Resize(x, { to, axes: [2, 3], ...how });
          expect(await gradientError({ inputs: [{ shape }], build, seed, isLinear: true })).toBeLessThan(
            1e-5,
          );
        }),
        { numRuns: 60 },
      );
    },
  );

  it('agrees with differences over all axes', async () => {
    const build = (x: Value) => onnx.Resize(x, { to: { sizes: [3, 2, 5, 4] } });
    const check = { inputs: [{ shape: [2, 3, 4, 2] }], build, seed: 1, isLinear: true };
    expect(await gradientError(check)).toBeLessThan(1e-5);
  });

  it.each([
    ['cubic', { mode: 'cubic', cubic_coeff_a: -0.5 }],
    ['cubic that leaves out what is outside', { mode: 'cubic', exclude_outside: 1 }],
    ['antialiased linear', { mode: 'linear', antialias: 1 }],
    ['antialiased cubic', { mode: 'cubic', antialias: 1 }],
    ['symmetric', { mode: 'linear', coordinate_transformation_mode: 'half_pixel_symmetric' }],
  ])('agrees with differences for what files may ask besides: %s', async (_, attributes) => {
    const build = (x: Value) =>
      apply(resize, [x, undefined, undefined, integers([1, 2, 3, 9])], attributes)[0];
    const check = { inputs: [{ shape: [1, 2, 7, 5] }], build, seed: 1, isLinear: true };
    expect(await gradientError(check)).toBeLessThan(1e-5);
  });

  it.each<[string, (x: Value) => Value]>([
    [
      'coordinates tf_crop_and_resize',
      (x) => {
        const attributes = { coordinate_transformation_mode: 'tf_crop_and_resize' };
        return apply(resize, [x, undefined, undefined, integers([1, 1, 2, 2])], attributes)[0];
      },
    ],
    [
      'a factor that leaves a size as it is',
      (x) => onnx.Resize(x, { to: { scales: [2, 1.1] }, axes: [2, 3] }),
    ],
  ])('is refused with %s, by that name', (reason, build) => {
    const x = input('x', [1, 1, 4, 4]);
    expect(() => gradients(onnx.ReduceSum(build(x)), [x])).toThrow(
      expect.objectContaining({ code: 'STRIATE_GRADIENT_MISSING', context: { operator: 'Resize', reason } }),
    );
  });
});
