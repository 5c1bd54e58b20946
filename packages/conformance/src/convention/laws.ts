import { demand } from '../law/breach.js';
import { describerOf } from '../law/describe-laws.js';
import { defineLaws, type Law } from '../law/law.js';
import { demandRefusal } from '../evidence/refusal.js';
import { demandAllClose, demandClose, demandSameLength } from '../evidence/same.js';
import { demandUntouched } from '../evidence/untouched.js';
import { pick } from '../planted/matrix.js';
import { CEILING, ceilingOf, normalise, ROUNDING, SCORES, type ConventionSubject } from './subject.js';

const laws: readonly Law<ConventionSubject>[] = [
  {
    id: 'convention/one-value-per-voxel',
    title: 'returns one value per voxel, and counts those that are numbers',
    why: 'Maps of voxels need every place, also where nothing is defined.',
    async check(subject) {
      const { values, nVoxels } = normalise(subject, SCORES, CEILING);
      demandSameLength('values', values, SCORES);
      const nDefined = values.filter((value) => !Number.isNaN(value)).length;
      demand(nVoxels === nDefined, `nVoxels is ${nVoxels}; ${nDefined} values are numbers`);
    },
  },
  {
    id: 'convention/nan-kept',
    title: 'keeps an undefined score undefined, and out of the aggregate and its count',
    why: 'A silent 0 for an undefined voxel pulls the region down.',
    async check(subject) {
      const expected = normalise(subject, SCORES, CEILING);
      const actual = normalise(subject, [...SCORES, NaN], [...CEILING, 0.9]);
      demand(Number.isNaN(actual.values.at(-1)), `the undefined score became ${actual.values.at(-1)}`);
      demand(
        actual.nVoxels === expected.nVoxels,
        `nVoxels went from ${expected.nVoxels} to ${actual.nVoxels}`,
      );
      demandClose('aggregate', [actual.aggregate], [expected.aggregate], ROUNDING);
      const nothing = normalise(subject, [NaN, NaN], [0.5, 0.5]);
      const isEmpty = Number.isNaN(nothing.aggregate) && nothing.nVoxels === 0;
      demand(isEmpty, `of nothing, the aggregate is ${nothing.aggregate} over ${nothing.nVoxels} voxels`);
    },
  },
  {
    id: 'convention/equal-voxels-aggregate-to-their-value',
    title: 'aggregates voxels of equal value to that value',
    why: 'Mean and median agree there; a sum, or another denominator, does not.',
    async check(subject) {
      const { values, aggregate, nVoxels } = normalise(subject, [0.5, 0.5, 0.5], [0.64, 0.64, 0.64]);
      demandAllClose('values', values, values[0], ROUNDING);
      demandClose('aggregate', [aggregate], [values[0]], ROUNDING);
      demand(nVoxels === 3, `nVoxels is ${nVoxels} of 3`);
    },
  },
  {
    id: 'convention/ceiling-is-one',
    title: 'gives a model that reaches the ceiling 1 in every voxel and over all, if it needs a ceiling',
    why: 'That is what normalised means; r / NC or r^2 / sqrt(NC) mix the two kinds of ceiling.',
    async check(subject) {
      if (!subject.convention.needsCeiling) return;
      const { values, aggregate } = normalise(subject, CEILING.map(Math.sqrt), CEILING);
      demandAllClose('values', values, 1, ROUNDING);
      demandAllClose('aggregate', [aggregate], 1, ROUNDING);
    },
  },
  {
    id: 'convention/zero-ceiling-left-out',
    title: 'leaves out a voxel whose ceiling is 0 or undefined, if it needs a ceiling',
    why: 'Its quotient is infinite, and one such voxel is the whole aggregate.',
    async check(subject) {
      if (!subject.convention.needsCeiling) return;
      const expected = normalise(subject, SCORES, CEILING);
      const actual = normalise(subject, [...SCORES, 0.2, 0.2], [...CEILING, 0, NaN]);
      const added = actual.values.slice(SCORES.length);
      demand(added.every(Number.isNaN), `voxels of ceiling 0 and NaN became ${added.join(' and ')}`);
      demand(
        actual.nVoxels === expected.nVoxels,
        `nVoxels went from ${expected.nVoxels} to ${actual.nVoxels}`,
      );
      demandClose('aggregate', [actual.aggregate], [expected.aggregate], ROUNDING);
    },
  },
  {
    id: 'convention/missing-ceiling-refused',
    title: 'refuses to go without a ceiling with STRIATE_CEILING_MISSING, if it needs one',
    why: 'Raw scores under the name of normalised ones look like bad models.',
    async check({ convention }) {
      const scores = Float64Array.from(SCORES);
      const action = async () => convention.apply({ scores });
      if (convention.needsCeiling) await demandRefusal('no ceiling', action, 'STRIATE_CEILING_MISSING');
      else await action();
    },
  },
  {
    id: 'convention/voxel-order-irrelevant',
    title: 'gives reordered voxels the same values and the same aggregate',
    why: 'The order of voxels is an accident of the file.',
    async check(subject) {
      const order = [3, 0, 4, 2, 1];
      const expected = normalise(subject, SCORES, CEILING);
      const actual = normalise(subject, [...pick(SCORES, order)], [...pick(CEILING, order)]);
      demandClose('values', actual.values, pick(expected.values, order), ROUNDING);
      demandClose('aggregate', [actual.aggregate], [expected.aggregate], ROUNDING);
    },
  },
  {
    id: 'convention/inputs-untouched',
    title: 'leaves scores and ceilings as they were, and returns an array of its own',
    why: 'The same scores are expressed in other conventions later.',
    async check({ convention }) {
      const [scores, ceiling] = [Float64Array.from(SCORES), ceilingOf(CEILING)];
      const arrays = { scores, ...ceiling };
      await demandUntouched(arrays, async () => convention.apply({ scores, ceiling }).values.fill(7));
    },
  },
  {
    id: 'convention/documented',
    title: 'says its formula, its source, and whose scores it takes',
    why: 'Numbers in different conventions are confused in print; the report prints these words.',
    async check({ convention }) {
      for (const field of ['title', 'formula', 'source', 'scorer'] as const) {
        demand(convention[field].trim().length > 0, `its ${field} is empty`);
      }
    },
  },
];

/** What every convention promises. */
export const conventionLaws = defineLaws(laws);

/** Register one test per law of a convention. */
export const describeConvention = describerOf('convention', conventionLaws);
