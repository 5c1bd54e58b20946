import { labelled } from '@striate/contracts';
import { compareRdms } from './comparisons.js';
import { condenseRdm } from './condensed.js';

const a = Float64Array.of(1, 2, 2, 3, 5, 5, 5, 8);
const b = Float64Array.of(2, 1, 4, 4, 3, 9, 9, 7);

describe('compareRdms', () => {
  it.each([
    ['spearman', 0.6895607149652165],
    ['pearson', 0.682152369271398],
    ['kendall', 0.5204164998665333],
    ['kendall-a', 0.4642857142857143],
  ] as const)('agrees with scipy for %s, ties included', (comparison, expected) => {
    expect(compareRdms(a, b, { comparison })).toBeCloseTo(expected, 13); // scipy 1.17.1
  });

  it('takes Spearman unless told otherwise', () => {
    expect(compareRdms(Float64Array.of(1, 2, 3), Float64Array.of(1, 4, 900))).toBe(1);
  });

  it('squares if asked, and then loses the sign', () => {
    const [up, down] = [Float64Array.of(1, 2, 3), Float64Array.of(3, 2, 1)];
    expect(compareRdms(up, down)).toBe(-1);
    expect(compareRdms(up, down, { squared: true })).toBe(1);
  });

  it.each(['spearman', 'pearson', 'kendall'] as const)(
    'is undefined for a constant RDM and for NaN (%s)',
    (comparison) => {
      const x = Float64Array.of(1, 2, 3);
      expect(compareRdms(x, Float64Array.of(0.1, 0.1, 0.1), { comparison })).toBeNaN();
      expect(compareRdms(x, Float64Array.of(1, NaN, 2), { comparison })).toBeNaN();
    },
  );

  it('refuses RDMs of different numbers of conditions', () => {
    expect(() => compareRdms(a, a.subarray(1))).toThrow(
      expect.objectContaining({ code: 'STRIATE_SHAPE_MISMATCH' }),
    );
  });
});

describe('condenseRdm', () => {
  const square = (n: number, columns: number, values: number[]) =>
    labelled(['condition', 'condition'], [n, columns], Float32Array.from(values));

  it('takes the upper triangle row by row', () => {
    expect([...condenseRdm(square(3, 3, [0, 1, 2, 1, 0, 3, 2, 3, 0]))]).toEqual([1, 2, 3]);
  });

  it('refuses what is not square', () => {
    expect(() => condenseRdm(square(2, 3, [0, 1, 2, 1, 0, 3]))).toThrow(
      expect.objectContaining({ code: 'STRIATE_SHAPE_MISMATCH' }),
    );
  });
});
