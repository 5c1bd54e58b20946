import { createBrainScoreConvention } from './brain-score.js';
import { createNsdConvention, createNsdMedianConvention } from './nsd.js';
import { createPaperConvention } from './paper.js';
import { createRawConvention } from './raw.js';

// Six voxels: a good one, one beyond its ceiling, a negative one, one of low ceiling, one without ceiling, one undefined.
const scores = Float64Array.of(0.4, 0.9, -0.3, 0.2, 0.5, NaN);
const variance = Float64Array.of(0.64, 0.36, 0.81, 0.16, 0, 0.49);
const ceiling = { variance, correlation: variance.map(Math.sqrt) };

const closeTo = (values: number[]) =>
  values.map((value) => (Number.isNaN(value) ? NaN : expect.closeTo(value, 12)));

describe('createRawConvention', () => {
  it('averages r over the voxels where it is defined, and needs no ceiling', () => {
    const { values, aggregate, nVoxels } = createRawConvention().apply({ scores });
    expect([...values]).toEqual([...scores]);
    expect(aggregate).toBeCloseTo((0.4 + 0.9 - 0.3 + 0.2 + 0.5) / 5, 12);
    expect(nVoxels).toBe(5);
  });
});

describe('createPaperConvention', () => {
  it('divides r by the correlation ceiling, clamps nothing and leaves out voxels without a ceiling', () => {
    const { values, aggregate, nVoxels } = createPaperConvention().apply({ scores, ceiling });
    expect([...values]).toEqual(closeTo([0.5, 1.5, -1 / 3, 0.5, NaN, NaN]));
    expect(aggregate).toBeCloseTo((0.5 + 1.5 - 1 / 3 + 0.5) / 4, 12);
    expect(nVoxels).toBe(4);
  });
});

describe('createNsdConvention', () => {
  it('divides r^2 by NC between 0 and 1, and leaves out voxels without a ceiling', () => {
    const { values, aggregate, nVoxels } = createNsdConvention().apply({ scores, ceiling });
    expect([...values]).toEqual(closeTo([0.25, 1, 0, 0.25, NaN, NaN]));
    expect(aggregate).toBeCloseTo(1.5 / 4, 12);
    expect(nVoxels).toBe(4);
  });
});

describe('createNsdMedianConvention', () => {
  it('takes the median of the same values', () => {
    const { aggregate, nVoxels } = createNsdMedianConvention().apply({ scores, ceiling });
    expect(aggregate).toBeCloseTo(0.25, 12);
    expect(nVoxels).toBe(4);
  });
});

describe('createBrainScoreConvention', () => {
  it('divides the squared median r by the median ceiling of voxels above 0.3', () => {
    const { values, aggregate, nVoxels } = createBrainScoreConvention().apply({ scores, ceiling });
    expect([...values]).toEqual(closeTo([0.25, 2.25, 0.09 / 0.81, NaN, NaN, NaN]));
    expect(aggregate).toBeCloseTo(0.4 ** 2 / 0.64, 12); // r: -0.3, 0.4, 0.9; ceilings: 0.36, 0.64, 0.81
    expect(nVoxels).toBe(3);
  });

  it('takes the mean of the middle two of an even number', () => {
    const { aggregate } = createBrainScoreConvention().apply({
      scores: scores.subarray(0, 2),
      ceiling: { variance: variance.subarray(0, 2), correlation: ceiling.correlation.subarray(0, 2) },
    });
    expect(aggregate).toBeCloseTo(0.65 ** 2 / 0.5, 12);
  });
});

const all = [
  createRawConvention(),
  createPaperConvention(),
  createNsdConvention(),
  createNsdMedianConvention(),
  createBrainScoreConvention(),
];

describe.each(all.map((convention) => [convention.id, convention] as const))(
  'convention %s',
  (_, convention) => {
    it('has no aggregate where no voxel is left', () => {
      const nothing = Float64Array.of(NaN, NaN);
      const { aggregate, nVoxels } = convention.apply({
        scores: nothing,
        ceiling: { variance: nothing, correlation: nothing },
      });
      expect([aggregate, nVoxels]).toEqual([NaN, 0]);
    });

    it('says whether it needs a ceiling, and refuses to go without', () => {
      const apply = () => convention.apply({ scores });
      if (convention.needsCeiling) {
        expect(apply).toThrow(
          expect.objectContaining({
            code: 'STRIATE_CEILING_MISSING',
            context: { convention: convention.id },
          }),
        );
      } else expect(apply).not.toThrow();
    });
  },
);
