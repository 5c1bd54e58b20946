import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { onnx, evaluate, input, toModel, type Value } from '../../graph/index.js';
import { encodeModel } from '../../onnx/model.js';
import { openSession } from '../../session/session.js';
import type { Tensor } from '../../session/tensor.js';
import { gradients } from '../gradient.js';

export interface Input {
  readonly shape: readonly number[];
  /** Elements are uniform between these; -1 and 1 if left out. */
  readonly range?: readonly [number, number];
  /** Held fixed: no gradient is looked at. */
  readonly isFixed?: boolean;
}

export interface Check {
  readonly inputs: readonly Input[];
  readonly build: (...values: Value[]) => Value;
  readonly seed: number;
  /**
   * The same function in float64 outside of ONNX Runtime, for operators that it has no float64 kernel for: the graph
   * then runs in float32, and its value and its gradient are held against the reference's.
   */
  readonly reference?: (...points: Float64Array[]) => Float64Array;
  /** Linear in what moves, and without a float64 kernel: differences over a step of 1 are exact, in float32 too. */
  readonly isLinear?: boolean;
}

const STEP = 1e-5;

/**
 * How far a gradient is from central differences: the largest difference of directional derivatives over a few random
 * directions, relative to their size (at least 1).
 */
export async function gradientError({ inputs, build, seed, reference, isLinear }: Check): Promise<number> {
  const random = generator(seed);
  const dtype = reference || isLinear ? 'float32' : 'float64';
  const size = isLinear ? 1 : STEP;
  const values = inputs.map(({ shape }, i) => input(`x${i}`, shape, dtype));
  const points = inputs.map(({ shape, range }) => sample(random, shape, range));
  const y = build(...values);
  const upstream = input('upstream', y.shape, dtype);
  const moving = values.filter((_, i) => !inputs[i].isFixed);
  const pulled = gradients(onnx.ReduceSum(onnx.Mul(y, upstream)), moving);
  const outputs = { y, ...Object.fromEntries(pulled.map((value, i) => [`gradient${i}`, value])) };
  const session = await openSession(encodeModel(toModel(outputs, { inputs: [...values, upstream] })));
  try {
    const weights = sample(random, y.shape as readonly number[]);
    const run = (at: readonly Float64Array[]) =>
      session.run(
        Object.fromEntries(
          [...values, upstream].map((value, i) => [nameOf(value), asTensor(value, [...at, weights][i])]),
        ),
      );
    const lossAt = async (at: readonly Float64Array[]) =>
      dot(reference ? reference(...at) : ((await run(at)).y.data as Float64Array), weights);
    const result = await run(points);
    let worst = reference ? largestDifference(result.y.data as Float32Array, reference(...points)) : 0;
    for (let direction = 0; direction < 3; direction++) {
      const d = inputs.map(({ shape, isFixed }) => sample(random, shape, isFixed ? [0, 0] : [-1, 1]));
      const moved = (step: number) =>
        points.map((point, i) => point.map((value, j) => value + step * d[i][j]));
      const expected = ((await lossAt(moved(size))) - (await lossAt(moved(-size)))) / (2 * size);
      const moves = d.filter((_, i) => !inputs[i].isFixed);
      const actual = moves.reduce(
        (sum, move, i) => sum + dot(result[`gradient${i}`].data as Float64Array, move),
        0,
      );
      worst = Math.max(worst, Math.abs(actual - expected) / Math.max(1, Math.abs(expected)));
    }
    return worst;
  } finally {
    await session.dispose();
  }
}

/** Value of a graph at given numbers, in float64. */
export async function evaluateAt(
  build: (...values: Value[]) => Value,
  ...points: readonly { shape: readonly number[]; data: readonly number[] }[]
): Promise<number[]> {
  const values = points.map(({ shape }, i) => input(`x${i}`, shape, 'float64'));
  const feeds = points.map(({ shape, data }, i): [string, Tensor] => [
    `x${i}`,
    { dtype: 'float64', shape, data: Float64Array.from(data) },
  ]);
  const { y } = await evaluate({ y: build(...values) }, Object.fromEntries(feeds));
  return Array.from(y.data as Float64Array);
}

function nameOf({ origin }: Value): string {
  return (origin as Extract<Value['origin'], { kind: 'input' }>).name;
}

function asTensor({ dtype, shape }: Value, data: Float64Array): Tensor {
  return {
    dtype,
    shape: shape as readonly number[],
    data: dtype === 'float64' ? data : Float32Array.from(data),
  };
}

function largestDifference(actual: ArrayLike<number>, expected: Float64Array): number {
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  return expected.reduce((worst, value, i) => Math.max(worst, Math.abs(actual[i] - value) / scale), 0);
}

function dot(a: ArrayLike<number>, b: Float64Array): number {
  return b.reduce((sum, value, i) => sum + value * a[i], 0);
}

function generator(seed: number): () => number {
  const state = xoroshiro128plus(seed);
  return () => uniformFloat64(state);
}

function sample(
  random: () => number,
  shape: readonly number[],
  [low, high]: readonly [number, number] = [-1, 1],
): Float64Array {
  const count = shape.reduce((product, size) => product * size, 1);
  return Float64Array.from({ length: count }, () => low + (high - low) * random());
}
