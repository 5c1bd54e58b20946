import type { Convention, NormalisedScores } from '@striate/contracts';
import type { ConventionSubject } from '../../src/index.js';
import { createPlainConvention, honestConvention, type ConventionData } from '../honest/convention.js';
import type { Mutant } from '../mutant.js';

const honest = createPlainConvention();

export const conventionMutants: readonly Mutant<ConventionSubject>[] = [
  onResult('convention/one-value-per-voxel', 'drops what is undefined', ({ values, ...rest }) => ({
    ...rest,
    values: values.slice(1),
  })),
  onResult('convention/one-value-per-voxel', 'counts wrongly', (result) => ({
    ...result,
    nVoxels: result.nVoxels + 1,
  })),
  mutant('convention/nan-kept', 'takes an undefined score for 0', {
    apply: ({ scores, ...data }) => honest.apply({ ...data, scores: scores.map((r) => r || 0) }),
  }),
  onResult('convention/nan-kept', 'says 0 of nothing', (result) => ({
    ...result,
    aggregate: result.aggregate || 0,
  })),
  onResult('convention/equal-voxels-aggregate-to-their-value', 'sums over voxels', (result) => ({
    ...result,
    aggregate: result.aggregate * result.nVoxels,
  })),
  mutant('convention/ceiling-is-one', 'divides by the other kind of ceiling', {
    apply: ({ scores, ceiling }) =>
      honest.apply({ scores, ...(ceiling && { ceiling: { ...ceiling, correlation: ceiling.variance } }) }),
  }),
  mutant('convention/zero-ceiling-left-out', 'divides by a ceiling of 0', {
    apply: ({ scores, ceiling }) =>
      honest.apply({
        scores,
        ...(ceiling && { ceiling: { ...ceiling, correlation: liftZeros(ceiling.correlation) } }),
      }),
  }),
  mutant('convention/missing-ceiling-refused', 'goes without a ceiling', {
    apply: ({ scores, ceiling }) => {
      const ones = scores.map(() => 1);
      return honest.apply({ scores, ceiling: ceiling ?? { correlation: ones, variance: ones } });
    },
  }),
  onResult('convention/voxel-order-irrelevant', 'takes the first voxel for all', (result) => ({
    ...result,
    aggregate: result.values[0],
  })),
  mutant('convention/inputs-untouched', 'normalises in place', {
    apply(data) {
      const result = honest.apply(data);
      data.scores.set(result.values);
      return result;
    },
  }),
  mutant('convention/inputs-untouched', 'returns the scores that it was given', {
    apply: (data) => ({ ...honest.apply(data), values: data.scores }),
  }),
  mutant('convention/documented', 'does not say where it comes from', { source: '' }),
];

function mutant(caughtBy: string, fault: string, change: Partial<Convention>): Mutant<ConventionSubject> {
  return {
    fault,
    caughtBy,
    subject: () => ({ ...honestConvention(), convention: { ...honest, ...change } }),
  };
}

function onResult(caughtBy: string, fault: string, change: (result: NormalisedScores) => NormalisedScores) {
  return mutant(caughtBy, fault, { apply: (data: ConventionData) => change(honest.apply(data)) });
}

function liftZeros(ceiling: Float64Array): Float64Array {
  return ceiling.map((value) => (value === 0 ? 1e-9 : value));
}
