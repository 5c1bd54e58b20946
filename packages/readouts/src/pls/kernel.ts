// The kernel form: inner products of stimuli, of their features and of their responses.

import { inPrecision, matrix, rowsOf, zeros, type Matrix } from '@striate/compute';
import { centreAcross, centringOf } from '../ridge/kernel.js';
import { columnSums } from '../ridge/rows.js';
import { roundingOf, type Form, type FormInputs, type Projection } from './form.js';
import { sumProducts } from './responses.js';
import { scaleRow, timesVector } from './vectors.js';

/** Training stimuli whose features are in memory at once. */
const ROWS = 512;

/** Open the kernel form: one pass over blocks of features, one over blocks of voxels. */
export async function openKernel(inputs: FormInputs): Promise<Form> {
  const { algebra, innerProducts, reader, rows, scale, responses } = inputs;
  const side = { reader, rows };
  const kernel = await innerProducts(side, side, scale);
  const variation = traceOf(kernel);
  const { products, squares } = await sumProducts(algebra, responses, rows.length, (block) => block);
  centreAcross(kernel, centringOf(kernel), true);
  const image = (c: Float64Array) => timesVector(algebra, kernel, c);
  return {
    isKernel: true,
    size: rows.length,
    covary: (h) => timesVector(algebra, products, h),
    image,
    vary: image,
    rounding: roundingOf(variation, squares, rows.length),
    scores: ({ loadings }) => Promise.resolve(loadings),
    projection: ({ rotations }) => projectionOf(inputs, rotations),
  };
}

function traceOf({ rows: n, data }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += data[i * n + i];
  return sum;
}

/** X' coordinates, block by block of stimuli; what the means of X have in them is taken away at the end. */
async function projectionOf(
  { algebra, reader, rows, scale }: FormInputs,
  coordinates: Matrix<Float64Array>,
): Promise<Projection> {
  const { nFeatures } = reader;
  const rotations = zeros(nFeatures, coordinates.columns, 'float64');
  const means = new Float64Array(nFeatures);
  for (let start = 0; start < rows.length; start += ROWS) {
    const x = inPrecision(await reader.read(rows.subarray(start, start + ROWS)), 'float64');
    for (let row = 0, at = 0; row < x.rows; row++)
      for (let feature = 0; feature < nFeatures; feature++) means[feature] += x.data[at++] / rows.length;
    const part = rowsOf(coordinates, start, start + x.rows);
    await algebra.product(x, part, { transposeA: true, add: rotations, into: rotations });
  }
  const offsets = matrix(1, coordinates.columns, columnSums(coordinates));
  await algebra.product(matrix(nFeatures, 1, means), offsets, { scale: -1, add: rotations, into: rotations });
  // Twice: standardised features are rotated, and they are read as they are.
  scale?.forEach((factor, feature) => scaleRow(rotations, feature, factor ** 2));
  return { means, rotations };
}
