import { rowsInMemory, selectRows, type FeatureRows } from '@striate/contracts';
import {
  largestDifference,
  numbers,
  orthonormalityError,
  slowProduct,
} from '../linalg/__fixtures__/matrices.js';
import { createLinearAlgebra, type LinearAlgebra } from '../linalg/algebra.js';
import { matrix, transposed } from '../linalg/matrix.js';
import { fitPrincipalComponents } from './pca.js';
import { projectRows } from './projection.js';
import { johnsonLindenstraussSize, sparseProjection } from './sparse.js';

let algebra: LinearAlgebra;
beforeAll(() => (algebra = createLinearAlgebra()));
afterAll(() => algebra.dispose());

const features = (n: number, p: number, data: ArrayLike<number>): FeatureRows =>
  rowsInMemory(
    Array.from({ length: n }, (_, i) => `s${i}`),
    ['feature'],
    [p],
    Float32Array.from(data),
  );
/** Feature j varies with standard deviation of about 1 / (1 + j), around j. */
const graded = (n: number, p: number, seed: number) =>
  features(
    n,
    p,
    numbers(n * p, seed).map((value, i) => value / (1 + (i % p)) + (i % p)),
  );
const allRows = (of: FeatureRows) => of.readRows(of.stimulusIds.map((_, i) => i));

/** The covariance by its definition. */
async function covariance(of: FeatureRows) {
  const [n, p] = [of.stimulusIds.length, of.rowShape[0]];
  const x = matrix(n, p, Float64Array.from(await allRows(of)));
  const mean = Float64Array.from(
    { length: p },
    (_, j) => x.data.filter((_, i) => i % p === j).reduce((a, b) => a + b) / n,
  );
  x.data.forEach((value, i) => (x.data[i] = (value - mean[i % p]) / Math.sqrt(n - 1)));
  return { mean, covariance: slowProduct(transposed(x), x) };
}

describe('fitPrincipalComponents', () => {
  it('finds the line on which points lie, worked by hand', async () => {
    // Around (1, 2) along (3, 4) / 5, at -5, 0 and 5: variance 25.
    const line = features(3, 2, [-2, -2, 1, 2, 4, 6]);
    const { mean, components, explainedVariance, totalVariance } = await fitPrincipalComponents(
      algebra,
      line,
      { nComponents: 1 },
    );
    expect(Array.from(mean)).toEqual([1, 2]);
    expect(largestDifference(components.data, [0.6, 0.8])).toBeLessThan(1e-15);
    expect(explainedVariance[0]).toBeCloseTo(25, 13);
    expect(totalVariance).toBeCloseTo(25, 13);
  });

  it.each([
    ['more stimuli than features', 60, 12, 12],
    ['more features than stimuli', 15, 80, 14],
    ['as many of both', 20, 20, 19],
  ])('diagonalises the covariance: %s', async (_, n, p, k) => {
    const rows = graded(n, p, n);
    const { mean, components, explainedVariance, totalVariance } = await fitPrincipalComponents(
      algebra,
      rows,
      { nComponents: k },
    );
    const known = await covariance(rows);
    expect(largestDifference(mean, known.mean)).toBeLessThan(1e-13);
    expect(orthonormalityError(transposed(components))).toBeLessThan(1e-10);
    const rotated = slowProduct(slowProduct(components, known.covariance), transposed(components));
    const expected = rotated.data.map((_, i) => (i % (k + 1) === 0 ? explainedVariance[i / (k + 1)] : 0));
    expect(largestDifference(rotated.data, expected)).toBeLessThan(1e-13);
    expect(totalVariance).toBeCloseTo(
      known.covariance.data.filter((_, i) => i % (p + 1) === 0).reduce((a, b) => a + b),
      12,
    );
    expect(explainedVariance).toEqual(explainedVariance.slice().sort().reverse());
  });

  it('makes the element of largest magnitude positive in every component', async () => {
    const { components } = await fitPrincipalComponents(algebra, graded(40, 9, 2), { nComponents: 9 });
    for (let k = 0; k < 9; k++) {
      const row = components.data.subarray(9 * k, 9 * (k + 1));
      expect(Math.max(...row)).toBe(Math.max(...row.map(Math.abs)));
    }
  });

  it('is not led astray by a mean that is large beside the variance', async () => {
    const near = graded(30, 4, 5);
    const far = features(
      30,
      4,
      (await allRows(near)).map((value) => Math.round(value * 1024) / 1024),
    );
    const shifted = features(
      30,
      4,
      (await allRows(far)).map((value) => value + 4096),
    );
    const [a, b] = [
      await fitPrincipalComponents(algebra, far, { nComponents: 4 }),
      await fitPrincipalComponents(algebra, shifted, { nComponents: 4 }),
    ];
    expect(largestDifference(a.explainedVariance, b.explainedVariance)).toBeLessThan(1e-13);
    expect(largestDifference(a.components.data, b.components.data)).toBeLessThan(1e-11);
  });

  it('projects to coordinates without correlation, whose variances are those explained', async () => {
    const rows = graded(50, 8, 3);
    const pca = await fitPrincipalComponents(algebra, rows, { nComponents: 3 });
    const coordinates = projectRows(rows, pca);
    expect(coordinates.rowShape).toEqual([3]);
    const { mean, covariance: found } = await covariance(coordinates);
    expect(largestDifference(mean, [0, 0, 0])).toBeLessThan(1e-7);
    const expected = found.data.map((_, i) => (i % 4 === 0 ? pca.explainedVariance[i / 4] : 0));
    expect(largestDifference(found.data, expected)).toBeLessThan(1e-7);
  });

  it.each([
    ['stimuli', 40, 8],
    ['features', 10, 30],
  ])(
    'has the same result from small blocks, and never reads more than they hold: fewer %s',
    async (_, n, p) => {
      let most = 0;
      const whole = graded(n, p, 6);
      const counted: FeatureRows = {
        ...whole,
        readRows: (rows, into) => ((most = Math.max(most, rows.length)), whole.readRows(rows, into)),
      };
      const small = await fitPrincipalComponents(algebra, counted, { nComponents: 3, blockBytes: 3 * 8 * p });
      const large = await fitPrincipalComponents(algebra, whole, { nComponents: 3 });
      expect(most).toBe(3);
      expect(largestDifference(small.components.data, large.components.data)).toBeLessThan(1e-12);
      expect(largestDifference(small.explainedVariance, large.explainedVariance)).toBeLessThan(1e-14);
      expect(largestDifference(small.mean, large.mean)).toBeLessThan(1e-13);
    },
  );

  it('refuses more components than there are directions', async () => {
    const plane = features(
      20,
      3,
      numbers(60, 1).map((value, i) => (i % 3 === 2 ? 7 : value)),
    );
    await fitPrincipalComponents(algebra, plane, { nComponents: 2 });
    for (const k of [0, 1.5, 3, 4])
      await expect(fitPrincipalComponents(algebra, plane, { nComponents: k })).rejects.toMatchObject({
        code: 'STRIATE_INVALID_OPTION',
      });
    await expect(
      fitPrincipalComponents(algebra, selectRows(plane, [0]), { nComponents: 1 }),
    ).rejects.toMatchObject({
      code: 'STRIATE_INVALID_OPTION',
    });
  });

  it('names where a feature is not finite', async () => {
    await expect(
      fitPrincipalComponents(algebra, features(2, 2, [1, 2, NaN, 3]), { nComponents: 1 }),
    ).rejects.toMatchObject({
      code: 'STRIATE_NON_FINITE',
      context: { first: 'row 1, column 0' },
    });
  });

  it('refuses to project another number of features', async () => {
    const pca = await fitPrincipalComponents(algebra, graded(9, 3, 1), { nComponents: 1 });
    expect(() => projectRows(graded(9, 4, 1), pca)).toThrow(
      expect.objectContaining({ code: 'STRIATE_SHAPE_MISMATCH' }),
    );
  });
});

describe('sparseProjection', () => {
  /** R itself: the projection of the unit vectors. */
  const entries = async (nFeatures: number, nComponents: number, seed: number, density?: number) => {
    const projection = sparseProjection({
      nFeatures,
      nComponents,
      seed,
      ...(density === undefined ? {} : { density }),
    });
    const unit = matrix(nFeatures, nFeatures, new Float64Array(nFeatures ** 2));
    for (let i = 0; i < nFeatures; i++) unit.data[i * (nFeatures + 1)] = 1;
    return (await projection.apply(unit)).data;
  };

  it.each([1 / 3, 0.05, 1])(
    'has entries of one size and either sign, and as many as density %d says',
    async (density) => {
      const r = await entries(200, 100, 1, density);
      const size = Math.sqrt(1 / (density * 100));
      const [plus, minus] = [size, -size].map((value) => r.filter((x) => Math.abs(x - value) < 1e-12).length);
      const zero = r.filter((x) => x === 0).length;
      expect(plus + minus + zero).toBe(20_000);
      const deviations = (count: number, share: number) =>
        Math.abs(count - 20_000 * share) / Math.sqrt(20_000 * share * (1 - share) || 1);
      expect(deviations(plus, density / 2)).toBeLessThan(4);
      expect(deviations(minus, density / 2)).toBeLessThan(4);
      expect(deviations(zero, 1 - density)).toBeLessThan(4);
    },
  );

  it("takes Li's density by default", async () => {
    const r = await entries(400, 50, 3);
    const share = r.filter((x) => x !== 0).length / r.length;
    expect(Math.abs(share - 1 / 20)).toBeLessThan((4 * Math.sqrt(0.05 * 0.95)) / Math.sqrt(20_000));
  });

  it('is linear, and the same for the same seed only', async () => {
    const projection = sparseProjection({ nFeatures: 60, nComponents: 7, seed: 4 });
    const r = matrix(60, 7, await entries(60, 7, 4));
    const x = matrix(5, 60, numbers(300, 9));
    expect(largestDifference((await projection.apply(x)).data, slowProduct(x, r).data)).toBeLessThan(1e-14);
    expect(await entries(60, 7, 5)).not.toEqual(r.data);
  });

  it('keeps squared distances on average, with the spread that goes with the number of components', async () => {
    const [n, p, k] = [30, 1500, 200];
    const x = matrix(n, p, numbers(n * p, 1));
    const errors: number[] = [];
    for (let seed = 0; seed < 10; seed++) {
      const y = await sparseProjection({ nFeatures: p, nComponents: k, seed }).apply(x);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < i; j++) errors.push(squaredDistance(y, i, j) / squaredDistance(x, i, j) - 1);
    }
    const mean = errors.reduce((a, b) => a + b) / errors.length;
    const spread = Math.sqrt(errors.reduce((a, b) => a + b * b, 0) / errors.length);
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(spread / Math.sqrt(2 / k)).toBeGreaterThan(0.85);
    expect(spread / Math.sqrt(2 / k)).toBeLessThan(1.15);
  });

  it('streams: rows are projected when they are read', async () => {
    const rows = graded(6, 30, 1);
    const projection = sparseProjection({ nFeatures: 30, nComponents: 4, seed: 1 });
    const projected = projectRows(rows, projection);
    const some = await projected.readRows([5, 2]);
    expect(some).toEqual((await projection.apply(matrix(2, 30, await rows.readRows([5, 2])))).data);
  });

  it.each([
    [{ density: 0 }, 'density'],
    [{ density: 1.1 }, 'density'],
    [{ nComponents: 0 }, 'nComponents'],
    [{ nFeatures: 1.5 }, 'nFeatures'],
  ])('refuses %j', (wrong, option) => {
    expect(() => sparseProjection({ nFeatures: 9, nComponents: 3, seed: 1, ...wrong })).toThrow(
      expect.objectContaining({
        code: 'STRIATE_INVALID_OPTION',
        context: expect.objectContaining({ option }),
      }),
    );
  });

  function squaredDistance(
    { columns, data }: { columns: number; data: Float64Array },
    i: number,
    j: number,
  ): number {
    let sum = 0;
    for (let k = 0; k < columns; k++) sum += (data[i * columns + k] - data[j * columns + k]) ** 2;
    return sum;
  }
});

describe('johnsonLindenstraussSize', () => {
  it.each([
    // 4 ln(1e6) / (0.5^2 / 2 - 0.5^3 / 3) = 663.1..., and so on.
    [1e6, 0.5, 664],
    [1e6, 0.1, 11842],
    [2, 0.9, 18],
  ])('is enough for %d stimuli and distortion %d', (n, distortion, size) => {
    expect(johnsonLindenstraussSize(n, distortion)).toBe(size);
  });

  it.each([0, 1, NaN])('refuses distortion %d', (distortion) => {
    expect(() => johnsonLindenstraussSize(10, distortion)).toThrow(
      expect.objectContaining({ code: 'STRIATE_INVALID_OPTION' }),
    );
  });
});
