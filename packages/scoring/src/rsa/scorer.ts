// The scorer `rsa`: how alike features and responses arrange the same stimuli.

import {
  describeShape,
  flag,
  oneOf,
  optionsParser,
  shapeMismatch,
  type FeatureRows,
  type GeometryScorer,
  type GeometryTarget,
} from '@striate/contracts';
import { AVERAGINGS, estimateRsaCeiling, type AveragingName, type RsaOptions } from './ceiling.js';
import { COMPARISONS, comparerWith, type ComparisonName } from './comparisons.js';
import { condenseRdm } from './condensed.js';
import { computeRdm, computeRdmOfArray } from './rdm.js';

const parseOptions = optionsParser('rsa', {
  comparison: oneOf(Object.keys(COMPARISONS) as ComparisonName[], 'spearman'),
  squared: flag(false),
  averaging: oneOf(Object.keys(AVERAGINGS) as AveragingName[], 'raw'),
});

/** The scorer `rsa`. */
export function createRsa(): GeometryScorer<RsaOptions> {
  return {
    specVersion: 'v1',
    kind: 'geometry',
    id: 'rsa',
    title: 'Representational similarity (RSA)',
    version: 1,
    range: [-1, 1],
    parseOptions,
    describe: ({ comparison, squared, averaging }) =>
      `${squared ? 'square of ' : ''}${COMPARISONS[comparison].title} between the upper triangles of the RDM of the features and of each ` +
      `subject's RDM, distances 1 - Pearson; ceiling over subjects with ${AVERAGINGS[averaging].words} (Nili et al. 2014)`,
    doScore: async ({ features, targets }, options) => scoreRsa(features, targets, options),
    doEstimateCeiling: async (targets, options) =>
      estimateRsaCeiling(await Promise.all(targets.map(rdmOfTarget)), options),
  };
}

/**
 * Score features by representational similarity with each subject.
 *
 * @param features [stimulus, ...], read by blocks.
 * @param targets  One per subject: an RDM, or responses [stimulus, voxel] that make one; same stimuli, same order.
 * @param options  See {@link compareRdms}.
 * @returns One correlation per target, NaN where undefined.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` if a target has neither, or another number of stimuli.
 */
export async function scoreRsa(
  features: FeatureRows,
  targets: readonly GeometryTarget[],
  options: RsaOptions,
): Promise<Float64Array> {
  for (const target of targets) assertStimuli(target, features.stimulusIds.length);
  const compare = comparerWith(await computeRdm(features), options);
  const scores = new Float64Array(targets.length);
  for (const [i, target] of targets.entries()) scores[i] = compare(await rdmOfTarget(target));
  return scores;
}

/** The condensed RDM of a target: its own, or that of its responses. */
async function rdmOfTarget(target: GeometryTarget): Promise<Float64Array> {
  if (target.rdm) return condenseRdm(target.rdm);
  return computeRdmOfArray(patternsOf(target));
}

function patternsOf(target: GeometryTarget): NonNullable<GeometryTarget['responses']> {
  if (target.responses) return target.responses;
  throw shapeMismatch({
    what: `subject "${target.subject}"`,
    expected: 'an RDM or responses',
    actual: 'neither',
    hint: 'RSA needs one of them for every subject.',
  });
}

function assertStimuli(target: GeometryTarget, nStimuli: number): void {
  const { axes, shape } = target.rdm ?? patternsOf(target);
  if (shape[0] === nStimuli) return;
  throw shapeMismatch({
    what: `subject "${target.subject}" in RSA`,
    expected: `${axes[0]} ${nStimuli}, as many as the features have stimuli`,
    actual: describeShape(axes, shape),
  });
}
