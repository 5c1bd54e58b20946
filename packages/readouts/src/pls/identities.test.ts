import { selectRows } from '@striate/contracts';
import fc from 'fast-check';
import { normals, r2Of, randomMaps, responsesOf } from '../__fixtures__/planted.js';
import { columnsOf, fit, largestError, normalVectors, predict, vectors } from './__fixtures__/problem.js';

const seeds = fc.integer({ min: 1, max: 1e6 });
const integers = (length: number) =>
  fc.array(fc.integer({ min: -9, max: 9 }), { minLength: length, maxLength: length });

describe('pls on orthonormal features', () => {
  const contrasts = [1, 1, 1, -1, -1, 1, -1, -1]; // of four stimuli: + + - -, and + - + -
  const features = vectors(2, contrasts);

  it('predicts along the largest singular vector of the covariance', async () => {
    // X'Y / 4 = [[3, 0], [0, 1]]: the component is the first feature, and the second voxel has nothing of it.
    const responses = responsesOf(4, 2, (s, v) => 10 * v + (v === 0 ? 3 : 1) * contrasts[2 * s + v]);
    const predictions = await predict(await fit(features, responses, { components: 1 }), features);
    expect(largestError(predictions, [3, 10, 3, 10, -3, 10, -3, 10])).toBeLessThan(1e-12);
  });

  it('predicts one voxel from one component as least squares does', async () => {
    const responses = responsesOf(4, 1, (s) => 5 + 3 * contrasts[2 * s] - 2 * contrasts[2 * s + 1]);
    const fitted = await fit(features, responses, { components: 1 });
    const predictions = await predict(fitted, vectors(2, [2, 2, 0, -1]));
    expect(largestError(predictions, [5 + 6 - 4, 5 + 2])).toBeLessThan(1e-12);
  });
});

describe('pls with as many components as there are', () => {
  // 1e-5: what covaries by less than 1e-7 of what it could counts as nothing, and small variances multiply it.
  it('is ordinary least squares where stimuli are more than features', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        seeds,
        async (p, q, seed) => {
          const [features, noise] = [normalVectors(12, p, seed), normals(seed + 1)];
          const responses = responsesOf(12, q, noise);
          const fitted = await fit(features, responses, { components: 50 });
          const x = [...(await features.readRows([...features.stimulusIds.keys()]))];
          const expected = leastSquares(x, p, [...responses.values.data], q);
          expect(largestError(await predict(fitted, features), expected)).toBeLessThan(1e-5);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is without error on the training stimuli where features are more', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 1, max: 4 }),
        seeds,
        async (n, q, seed) => {
          const features = normalVectors(n, 20, seed);
          const responses = responsesOf(n, q, normals(seed + 1));
          const predictions = await predict(await fit(features, responses, { components: 50 }), features);
          expect(largestError(predictions, [...responses.values.data])).toBeLessThan(1e-5);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('pls', () => {
  it('predicts the same from features that are turned in their space', async () => {
    // Rows of a Hadamard matrix turn eight features, and lengthen them all alike; integers stay integers.
    const turned = (data: readonly number[]) =>
      data.map((_, i) => {
        const [row, j] = [i - (i % 8), i % 8];
        return [...Array(8).keys()].reduce((sum, k) => sum + hadamard(j, k) * data[row + k], 0);
      });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(6, 14).chain((n) => fc.tuple(integers(8 * n), fc.constant(n))),
        seeds,
        async ([data, n], seed) => {
          const noise = responsesOf(n, 3, normals(seed));
          const straight = vectors(8, data);
          const skew = vectors(8, turned(data));
          const expected = await predict(await fit(straight, noise, { components: 2 }), straight);
          const actual = await predict(await fit(skew, noise, { components: 2 }), skew);
          expect(largestError(actual, expected)).toBeLessThan(1e-8);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('recovers a map of low rank from fewer stimuli than features', async () => {
    const [nTrain, n, nFeatures, nVoxels, rank] = [60, 160, 400, 30, 3];
    const normal = normals(11);
    const draw = (length: number) => Array.from({ length }, normal);
    const [sources, mixing, weights] = [draw(n * rank), draw(rank * nFeatures), draw(rank * nVoxels)];
    const sum = (s: number, of: readonly number[], width: number, column: number) =>
      [...Array(rank).keys()].reduce((total, k) => total + sources[s * rank + k] * of[k * width + column], 0);
    const data = Array.from(
      { length: n * nFeatures },
      (_, i) => sum(Math.floor(i / nFeatures), mixing, nFeatures, i % nFeatures) + 0.5 * normal(),
    );
    const truth = responsesOf(n, nVoxels, (s, v) => sum(s, weights, nVoxels, v));
    const features = vectors(nFeatures, data);
    const train = selectRows(features, [...Array(nTrain).keys()]);
    const responses = responsesOf(
      nTrain,
      nVoxels,
      (s, v) => truth.values.data[s * nVoxels + v] + 0.5 * normal(),
    );
    const fitted = await fit(train, responses, { components: rank });
    const held = selectRows(
      features,
      Array.from({ length: n - nTrain }, (_, i) => nTrain + i),
    );
    const expected = {
      ...truth.values,
      shape: [n - nTrain, nVoxels] as const,
      data: truth.values.data.slice(nTrain * nVoxels),
    };
    const r2 = r2Of(await fitted.doPredict({ features: held }), expected);
    expect(Math.min(...r2)).toBeGreaterThan(0.9);
  });

  it('shares its components: what it predicts of a voxel depends on the others', async () => {
    const { features } = randomMaps(20, [6, 1, 1], 3);
    const responses = responsesOf(20, 2, normals(4));
    const alone = responsesOf(20, 1, (s) => responses.values.data[2 * s]);
    const together = await predict(await fit(features, responses, { components: 1 }), features);
    const apart = await predict(await fit(features, alone, { components: 1 }), features);
    expect(largestError(columnsOf(together, 2, [0]), apart)).toBeGreaterThan(0.01);
  });

  it('does not know units of features and voxels when it standardises, and does when it does not', async () => {
    const plain = Array.from({ length: 24 * 5 }, normals(5));
    const noise = responsesOf(24, 3, normals(6));
    const scaled = responsesOf(24, 3, (s, v) => (v === 1 ? 64 : 1) * noise.values.data[3 * s + v]);
    const predictions = async (data: readonly number[], responses: typeof noise, standardise: boolean) => {
      const features = vectors(5, data);
      const fitted = await fit(features, responses, { components: 2, standardise });
      return columnsOf(await predict(fitted, features), 3, [0, 2]);
    };
    const larger = plain.map((value, i) => (i % 5 === 2 ? 1024 * value : value));
    const changes = await Promise.all(
      [true, false].map(async (standardise) =>
        largestError(
          await predictions(larger, scaled, standardise),
          await predictions(plain, noise, standardise),
        ),
      ),
    );
    expect(changes[0]).toBeLessThan(1e-10);
    expect(changes[1]).toBeGreaterThan(0.01);
  });
});

/** 1 or -1: by the parity of the bits that two numbers share. */
function hadamard(i: number, j: number): number {
  return [1, 2, 4].reduce((sign, bit) => (i & j & bit ? -sign : sign), 1);
}

/** Fitted values of least squares with an intercept: what the columns of (1, x) leave of y is taken from it, one after the other. */
function leastSquares(x: readonly number[], p: number, y: readonly number[], q: number): number[] {
  const n = x.length / p;
  const columnOf = (data: readonly number[], width: number, j: number) => columnsOf(data, width, [j]);
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * b[i], 0);
  const basis: number[][] = [];
  const without = (vector: readonly number[]) =>
    [...basis, ...basis].reduce(
      (rest, b) => rest.map((value, i) => value - (dot(rest, b) / dot(b, b)) * b[i]),
      [...vector],
    );
  basis.push(Array<number>(n).fill(1));
  for (let j = 0; j < p; j++) basis.push(without(columnOf(x, p, j)));
  const residuals = [...Array(q).keys()].map((j) => without(columnOf(y, q, j)));
  return y.map((value, i) => value - residuals[i % q][Math.floor(i / q)]);
}
