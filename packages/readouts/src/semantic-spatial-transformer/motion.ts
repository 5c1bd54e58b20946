// How far things may move: from a few numbers for each to an affine transform.

import { constantLike, onnx, scalar, staticShape, type Value } from '@striate/compute';

/** What a restricted transform is made of; each is nothing where its numbers are 0. */
export type MotionPart = 'translation' | 'rotation' | 'scale' | 'shear';

/** `affine`: the six numbers are the transform itself, row by row. */
export type Motion = 'affine' | readonly MotionPart[];

/** Numbers of each part: (x, y), the angle, the logarithms along x and y, the shift in x per y. */
const NUMBERS: Readonly<Record<MotionPart, number>> = { translation: 2, rotation: 1, scale: 2, shear: 1 };

/** Numbers that each thing needs. */
export function countNumbers(motion: Motion): number {
  return motion === 'affine' ? 6 : motion.reduce((sum, part) => sum + NUMBERS[part], 0);
}

/** The numbers that leave a thing where it is. */
export function restingNumbers(motion: Motion): readonly number[] {
  return motion === 'affine' ? IDENTITY : Array.from({ length: countNumbers(motion) }, () => 0);
}

/** Row by row. */
export const IDENTITY: readonly number[] = [1, 0, 0, 0, 1, 0];

/**
 * How far transforms are from the identity, A - 1. Restricted ones are A = rotation x shear x scale, then translation,
 * whatever their order in the list; all four together are the affine transforms that mirror nothing.
 *
 * @param numbers [batch, thing, {@link countNumbers}], part by part in the order of the list, less {@link restingNumbers}.
 * @returns [batch, thing, 2, 3].
 */
export function departuresOf(numbers: Value, motion: Motion): Value {
  const [batch, things] = staticShape('departuresOf', numbers);
  if (motion === 'affine') return onnx.Reshape(numbers, [batch, things, 2, 3]);
  const entries = onnx.Concat(restricted(numbers, motion), 2);
  const departures = onnx.Sub(entries, constantLike(numbers, [6], IDENTITY));
  return onnx.Reshape(departures, [batch, things, 2, 3]);
}

type Matrix = readonly [Value, Value, Value, Value];

/** The six entries, row by row, [batch, thing, 1] each. */
function restricted(numbers: Value, motion: readonly MotionPart[]): readonly Value[] {
  const parts = onnx.Split(
    numbers,
    motion.map((part) => NUMBERS[part]),
    2,
  );
  const zero = onnx.Mul(onnx.Slice(numbers, { starts: [0], ends: [1], axes: [2] }), scalar(0, numbers));
  const one = onnx.Add(zero, scalar(1, numbers));
  const of = <Result>(part: MotionPart, make: (...values: Value[]) => Result, nothing: Result): Result => {
    const at = motion.indexOf(part);
    return at < 0 ? nothing : make(...onnx.Split(parts[at], Array(NUMBERS[part]).fill(1), 2));
  };
  const identity: Matrix = [one, zero, zero, one];
  const rotation = of('rotation', rotationBy, identity);
  const shear = of('shear', (shift): Matrix => [one, shift, zero, one], identity);
  const scale = of('scale', (x, y): Matrix => [onnx.Exp(x), zero, zero, onnx.Exp(y)], identity);
  const [a, b, c, d] = product(product(rotation, shear), scale);
  const [x, y] = of('translation', (...values) => values, [zero, zero]);
  return [a, b, x, c, d, y];
}

function rotationBy(angle: Value): Matrix {
  const [cos, sin] = [onnx.Cos(angle), onnx.Sin(angle)];
  return [cos, onnx.Neg(sin), sin, cos];
}

function product([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix {
  const dot = (p: Value, q: Value, r: Value, s: Value) => onnx.Add(onnx.Mul(p, q), onnx.Mul(r, s));
  return [dot(a, e, b, g), dot(a, f, b, h), dot(c, e, d, g), dot(c, f, d, h)];
}
