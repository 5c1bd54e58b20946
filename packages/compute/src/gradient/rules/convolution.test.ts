import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { convolutions, type RandomConvolution } from '../../graph/__fixtures__/convolution.js';
import { evaluate, input, onnx, tensor, type Tensor, type Value } from '../../index.js';
import { convolve, convolveBack } from '../__fixtures__/convolution.js';
import { gradientError } from '../__fixtures__/finite-differences.js';
import { gradients } from '../gradient.js';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
/** The graph runs in float32, and sums at most a few hundred products. */
const CLOSE = 2e-5;

function placesOf({ x, w, options }: RandomConvolution): readonly number[] {
  const y = onnx.Conv(input('x', x), input('w', w), undefined, options);
  return y.shape.slice(2) as readonly number[];
}

const asInputs = (...shapes: readonly (readonly number[] | false)[]) =>
  shapes.filter((shape) => shape !== false).map((shape) => ({ shape }));

const floats = (shape: readonly number[], values: readonly number[]) =>
  tensor('float32', shape, Float32Array.from(values));
const numbers = ({ data }: Tensor) => [...(data as Float32Array)];

function noise(shape: readonly number[], seed: number): Tensor {
  const state = xoroshiro128plus(seed);
  const count = shape.reduce((product, size) => product * size, 1);
  return floats(
    shape,
    Array.from({ length: count }, () => 2 * uniformFloat64(state) - 1),
  );
}

async function errorOfConv(shapes: RandomConvolution, seed: number): Promise<number> {
  const { x, w, nFilters, hasBias, options } = shapes;
  return gradientError({
    inputs: asInputs(x, w, hasBias && [nFilters]),
    build: (...[a, filters, b]) => onnx.Conv(a, filters, b, options),
    reference: convolve(shapes, placesOf(shapes)),
    seed,
  });
}

async function errorOfConvTranspose(shapes: RandomConvolution, seed: number): Promise<number> {
  const { x, w, hasBias, leftOver, options } = shapes;
  const places = placesOf(shapes);
  return gradientError({
    inputs: asInputs([x[0], w[0], ...places], w, hasBias && [x[1]]),
    build: (...[a, filters, b]) => onnx.ConvTranspose(a, filters, b, { ...options, outputPadding: leftOver }),
    reference: convolveBack(shapes, places),
    seed,
  });
}

describe('gradients of convolutions', () => {
  it('Conv agrees with finite differences for any stride, pads, dilation and groups', async () => {
    await fc.assert(
      fc.asyncProperty(convolutions, seeds, async (shapes, seed) => {
        expect(await errorOfConv(shapes, seed)).toBeLessThan(CLOSE);
      }),
      { numRuns: 60 },
    );
  });

  it('ConvTranspose agrees with finite differences for any stride, pads, dilation and groups', async () => {
    await fc.assert(
      fc.asyncProperty(convolutions, seeds, async (shapes, seed) => {
        expect(await errorOfConvTranspose(shapes, seed)).toBeLessThan(CLOSE);
      }),
      { numRuns: 60 },
    );
  });

  it('are those of a sum of products: worked by hand', async () => {
    // y = [w0 + 2 w1, 2 w0 + 3 w1] + b, with x = [1, 2, 3]
    const [x, w, b] = [input('x', [1, 1, 3]), input('w', [1, 1, 2]), input('b', [1])];
    const [toX, toW, toB] = gradients(onnx.Conv(x, w, b), [x, w, b], input('g', [1, 1, 2]));
    const feeds = {
      x: floats([1, 1, 3], [1, 2, 3]),
      w: floats([1, 1, 2], [5, 7]),
      g: floats([1, 1, 2], [1, 10]),
    };
    const result = await evaluate({ toX, toW, toB }, feeds);
    expect(numbers(result.toX)).toEqual([5, 7 + 50, 70]);
    expect(numbers(result.toW)).toEqual([1 + 20, 2 + 30]);
    expect(numbers(result.toB)).toEqual([11]);
  });

  it('ConvTranspose is the adjoint: <Conv(x, w), y> = <x, ConvTranspose(y, w)>', async () => {
    await fc.assert(
      fc.asyncProperty(convolutions, seeds, async (shapes, seed) => {
        const { leftOver, options } = shapes;
        const [x, w] = [input('x', shapes.x), input('w', shapes.w)];
        const there = onnx.Conv(x, w, undefined, options);
        const y = input('y', there.shape);
        const back = onnx.ConvTranspose(y, w, undefined, { ...options, outputPadding: leftOver });
        const feeds = Object.fromEntries(
          [x, w, y].map((value, i) => [['x', 'w', 'y'][i], noise(value.shape as number[], seed + i)]),
        );
        const left = onnx.ReduceSum(onnx.Mul(there, y));
        const right = onnx.ReduceSum(onnx.Mul(x, back));
        const result = await evaluate({ left, right }, feeds);
        expect(numbers(result.left)[0]).toBeCloseTo(numbers(result.right)[0], 3);
      }),
      { numRuns: 30 },
    );
  });

  it('can be derived again: the slope of a square is linear in the filters', async () => {
    const [x, w, u] = [input('x', [2, 2, 5]), input('w', [4, 1, 3]), input('u', [4, 1, 3])];
    const slopeAt = (filters: Value) => {
      const y = onnx.Conv(x, filters, undefined, { groups: 2, strides: [2], pads: [1, 1] });
      return gradients(onnx.ReduceSum(onnx.Mul(y, y)), [filters])[0];
    };
    const [along] = gradients(slopeAt(w), [w], u); // H u, with slope = H w and H symmetric
    const feeds = { x: noise([2, 2, 5], 1), w: noise([4, 1, 3], 2), u: noise([4, 1, 3], 3) };
    const result = await evaluate({ along, expected: slopeAt(u) }, feeds);
    numbers(result.along).forEach((value, i) => expect(value).toBeCloseTo(numbers(result.expected)[i], 4));
  });
});
