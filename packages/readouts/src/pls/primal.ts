// The primal form: sums of squares and products of features, which are few enough to stand in memory.

import { inPrecision, type Matrix } from '@striate/compute';
import { columnMeans } from '../ridge/rows.js';
import { roundingOf, type Form, type FormInputs } from './form.js';
import { sumProducts } from './responses.js';
import { scaleRow, timesVector } from './vectors.js';

type Matrix64 = Matrix<Float64Array>;

/** Open the primal form. */
export async function openPrimal({ algebra, reader, rows, scale, responses }: FormInputs): Promise<Form> {
  const x = inPrecision(await reader.read(rows), 'float64');
  const means = columnMeans(x);
  const variation = centreAndScale(x, means, scale);
  const expressed = (block: Matrix64) => algebra.product(block, x);
  const { products, squares } = await sumProducts(algebra, responses, reader.nFeatures, expressed);
  return {
    isKernel: false,
    size: reader.nFeatures,
    covary: (h) => timesVector(algebra, products, h),
    image: (c) => Promise.resolve(c),
    vary: async (c) => timesVector(algebra, x, await timesVector(algebra, x, c), true),
    rounding: roundingOf(variation, squares, reader.nFeatures),
    scores: ({ rotations }) => algebra.product(x, rotations),
    async projection({ rotations }) {
      const scaled = { ...rotations, data: rotations.data.slice() };
      scale?.forEach((factor, feature) => scaleRow(scaled, feature, factor));
      return { means, rotations: scaled };
    },
  };
}

/** In place. @returns The sum of squares before means were subtracted. */
function centreAndScale(x: Matrix64, means: Float64Array, scale: Float64Array | undefined): number {
  let squares = 0;
  for (let row = 0, at = 0; row < x.rows; row++) {
    for (let feature = 0; feature < x.columns; feature++, at++) {
      const factor = scale ? scale[feature] : 1;
      squares += (factor * x.data[at]) ** 2;
      x.data[at] = factor * (x.data[at] - means[feature]);
    }
  }
  return squares;
}
