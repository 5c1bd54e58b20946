// Convolution on the group C8. The case gives filters as weights of e2cnn's basis. Ours is another basis of the same
// filters: our free numbers are read off the filters of rotation 0 alone; that all rotations of all fields then come out
// as in the case shows that ours spans e2cnn's filters and turns them alike.

import {
  groupFilters,
  liftingFilters,
  N_ROTATIONS,
  turnedHarmonics,
} from '@striate/backend-response-optimized';
import {
  constant,
  createLinearAlgebra,
  factorCholesky,
  onnx,
  solveTriangular,
  transposed,
  type LinearAlgebra,
  type Matrix,
} from '@striate/compute';
import type { Check } from '../check.js';
import type { ReferenceCase } from '../reference-case.js';
import { computeGraph, graphTolerance, inputsOf } from './graph.js';

type Matrix64 = Matrix<Float64Array>;

export const c8: Check = {
  prefix: 'c8-steerable-conv-',
  inputs: ['x', 'weights', 'basis', 'padding'],
  outputs: /^(filter|y)$/,
  precisions: ['float32'],
  tolerance: graphTolerance,
  // Where the products of a convolution cancel, float32 is off by more than 1e-5 of what is left: the y of the case with
  // 144 products is 1.4e-5 (of values above 0.01 of the largest) off the exact convolution of its own x and filter.
  floor: 0.1,
  async compute(given) {
    const [, outChannels, inChannels, kernelSize] = given.arrays.get('basis')!.shape;
    const isLifting = given.name.includes('lift') || inChannels % N_ROTATIONS !== 0;
    const sizes = {
      outFields: outChannels / N_ROTATIONS,
      inFields: isLifting ? inChannels : inChannels / N_ROTATIONS,
      kernelSize,
    };
    const bank = isLifting ? liftingFilters(sizes) : groupFilters(sizes);
    const filter = bank.build(constant('float32', bank.weightShape, await readFreeNumbers(given)));
    const inputs = inputsOf(given, ['x']);
    const margin = given.arrays.get('padding')!.data[0];
    const y = onnx.Conv(inputs.x, filter, undefined, { pads: [margin, margin, margin, margin] });
    return computeGraph(given, inputs, { filter, y }, y);
  },
};

/** Our free numbers [out field, in field, (rotation of the input, harmonic)]: least squares at output rotation 0. */
async function readFreeNumbers(given: ReferenceCase): Promise<Float32Array> {
  const [, outChannels, inChannels, kernelSize] = given.arrays.get('basis')!.shape;
  const harmonics = turnedHarmonics(kernelSize);
  const [nFields, nPixels] = [outChannels / N_ROTATIONS, kernelSize ** 2];
  const upright = matrix(harmonics.nHarmonics, nPixels, harmonics.data);
  const filters = combine(given);
  const turnedOf = N_ROTATIONS * inChannels * nPixels;
  const wanted = Array.from({ length: nFields }, (_, field) => [
    ...filters.subarray(field * turnedOf, field * turnedOf + inChannels * nPixels),
  ]);
  const algebra = createLinearAlgebra();
  const numbers = await solveRows(algebra, upright, matrix(nFields * inChannels, nPixels, wanted.flat()));
  await algebra.dispose();
  return Float32Array.from(numbers.data);
}

/** X that brings X B nearest to C, row by row: X B B' = C B'. */
async function solveRows(algebra: LinearAlgebra, b: Matrix64, c: Matrix64): Promise<Matrix64> {
  const factor = await factorCholesky(algebra, await algebra.product(b, b, { transposeB: true }));
  const projected = await algebra.product(b, c, { transposeB: true });
  const half = await solveTriangular(algebra, factor, projected);
  return transposed(await solveTriangular(algebra, factor, half, { transpose: true }));
}

/** The first elements as a matrix in float64. */
function matrix(rows: number, columns: number, elements: ArrayLike<number>): Matrix64 {
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, (_, i) => elements[i]) };
}

/** sum_i weights_i basis_i, [out channel, in channel, k, k]. */
function combine({ arrays }: ReferenceCase): Float64Array {
  const [weights, basis] = [arrays.get('weights')!.data, arrays.get('basis')!.data];
  const size = basis.length / weights.length;
  const filters = new Float64Array(size);
  weights.forEach((weight, i) => {
    for (let at = 0; at < size; at++) filters[at] += weight * basis[i * size + at];
  });
  return filters;
}
