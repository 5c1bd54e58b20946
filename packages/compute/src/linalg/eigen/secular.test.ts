import fc from 'fast-check';
import { numbers } from '../__fixtures__/matrices.js';
import { mixtures } from './mixtures.js';
import { solveSecular, type SecularProblem } from './secular.js';

const rootOf = (problem: SecularProblem, index: number) => {
  const { origin, offset } = solveSecular(problem, index);
  return problem.d[origin] + offset;
};

describe('solveSecular', () => {
  it('solves the case of one d: d + rho z^2', () => {
    const problem = { d: Float64Array.of(3), z: Float64Array.of(2), rho: 0.5 };
    expect(rootOf(problem, 0)).toBeCloseTo(5, 14);
  });

  it('solves the case of two worked by hand', () => {
    // [0 0; 0 1] + [1 1; 1 1] has trace 3 and determinant 1.
    const problem = { d: Float64Array.of(0, 1), z: Float64Array.of(1, 1), rho: 1 };
    expect(rootOf(problem, 0)).toBeCloseTo((3 - Math.sqrt(5)) / 2, 14);
    expect(rootOf(problem, 1)).toBeCloseTo((3 + Math.sqrt(5)) / 2, 14);
  });

  it('keeps the digits of a distance that is far below the rounding of d', () => {
    const problem = { d: Float64Array.of(1, 2), z: Float64Array.of(1e-12, 1), rho: 1 };
    const { origin, offset } = solveSecular(problem, 0);
    // 1 + z1^2 / (0 - x) + 1 / (1 - x) = 0 for small x: x = z1^2 / 2.
    expect(origin).toBe(0);
    expect(offset / 5e-25).toBeCloseTo(1, 12);
  });
});

describe('mixtures', () => {
  /** Gaps and couplings over many decades. */
  const problems = fc.record({
    k: fc.integer({ min: 1, max: 30 }),
    seed: fc.nat(9999),
    spread: fc.integer({ min: 0, max: 12 }),
  });

  it('puts one root between each two d, and the last within rho |z|^2', () => {
    fc.assert(
      fc.property(problems, (choice) => {
        const { d, z, rho } = make(choice);
        const { values } = mixtures({ d, z, rho });
        const reach = rho * z.reduce((sum, value) => sum + value * value, 0);
        values.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(d[i]);
          expect(value).toBeLessThanOrEqual(i + 1 < d.length ? d[i + 1] : d[i] + reach * (1 + 1e-14));
        });
      }),
    );
  });

  it('gives orthonormal vectors that put D + rho z z transposed together again', () => {
    fc.assert(
      fc.property(problems, (choice) => {
        const problem = make(choice);
        const { values, weights } = mixtures(problem);
        const k = values.length;
        const size = Math.abs(problem.d[0]) + Math.abs(problem.d[k - 1]) + problem.rho;
        for (let i = 0; i < k; i++) {
          for (let j = 0; j < k; j++) {
            let [dot, element] = [0, 0];
            for (let l = 0; l < k; l++) {
              dot += weights.data[i * k + l] * weights.data[j * k + l];
              element += values[l] * weights.data[l * k + i] * weights.data[l * k + j];
            }
            const expected = (i === j ? problem.d[i] : 0) + problem.rho * problem.z[i] * problem.z[j];
            expect(Math.abs(dot - Number(i === j))).toBeLessThan(1e-13);
            expect(Math.abs(element - expected) / size).toBeLessThan(1e-13);
          }
        }
      }),
    );
  });

  function make({ k, seed, spread }: { k: number; seed: number; spread: number }): SecularProblem {
    const raw = numbers(2 * k, seed);
    const d = new Float64Array(k);
    for (let i = 1; i < k; i++) d[i] = d[i - 1] + 10 ** (-spread * Math.abs(raw[i])) + 1e-13;
    const z = raw.slice(k).map((value) => Math.sign(value || 1) * 10 ** ((-spread / 2) * Math.abs(value)));
    const norm = Math.hypot(...z);
    return { d, z: z.map((value) => value / norm), rho: 1 + Math.abs(raw[0]) };
  }
});
