import fc from 'fast-check';
import { powersOfTen } from '../options/penalties.js';
import { choosePenaltyBasis } from './penalty-basis.js';

describe('choosePenaltyBasis', () => {
  it('spans every penalty over the whole spectrum with a few of them', () => {
    const spectra = fc.record({
      smallest: fc.constantFrom(0, 1e-3, 1, 50),
      largest: fc.constantFrom(100, 1e4, 1e7),
    });
    fc.assert(
      fc.property(
        spectra,
        fc.integer({ min: 2, max: 25 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (spectrum, n, place) => {
          const alphas = powersOfTen(-2, 6, n);
          const { chosen, weights } = choosePenaltyBasis(alphas, spectrum, 1e-7);
          const low = Math.max(spectrum.smallest, 1e-8);
          const value = low * (spectrum.largest / low) ** place;
          const shrinkage = (alpha: number) => value / (value + alpha);
          alphas.forEach((alpha, i) => {
            const combined = chosen.reduce(
              (sum, j, k) => sum + weights[i * chosen.length + k] * shrinkage(alphas[j]),
              0,
            );
            // Between samples the error may be a little larger than at them.
            expect(Math.abs(combined - shrinkage(alpha))).toBeLessThan(1e-6);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('needs fewer penalties for a narrow spectrum', () => {
    const count = (smallest: number) =>
      choosePenaltyBasis(powersOfTen(-1, 5, 20), { smallest, largest: 5000 }, 1e-7).chosen.length;
    expect(count(500)).toBeLessThan(count(0));
    expect(count(0)).toBeLessThan(20);
  });

  it('keeps a single penalty as it is', () => {
    expect(choosePenaltyBasis([7], { smallest: 1, largest: 10 }, 1e-7)).toEqual({
      chosen: [0],
      weights: Float64Array.of(1),
    });
  });
});
