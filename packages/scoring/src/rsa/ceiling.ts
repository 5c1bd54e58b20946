import type { GeometryCeiling } from '@striate/contracts';
import { Moments } from '../moments/moments.js';
import { rankValues } from '../rank/ranks.js';
import { COMPARISONS, compareRdms, type ComparisonOptions } from './comparisons.js';

/** What is done to each subject's RDM before RDMs are averaged. */
export const AVERAGINGS = {
  raw: { words: 'raw RDMs averaged', transform: (rdm: Float64Array) => rdm },
  'z-scored': { words: 'RDMs z-scored before averaging', transform: zscore },
  ranked: { words: 'RDMs rank-transformed before averaging', transform: rankValues },
} as const;

export type AveragingName = keyof typeof AVERAGINGS;

export interface RsaOptions extends ComparisonOptions {
  readonly averaging: AveragingName;
}

/**
 * Estimate what the best possible model would reach, from how subjects' RDMs agree.
 *
 *     upper = mean over subjects of corr(subject, mean of all subjects)
 *     lower = mean over subjects of corr(subject, mean of the other subjects)
 *
 * @param rdms    One condensed RDM per subject, same conditions.
 * @param options Comparison (default `spearman`), squared (default no), averaging (default `raw`, as Algonauts; Nili
 *   and rsatoolbox take `ranked` for rank correlations and `z-scored` for Pearson's).
 * @returns Both bounds; NaN for fewer than two subjects, and where a correlation is undefined.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` if the numbers of pairs differ.
 * @remarks The upper bound holds for models that are fitted to these subjects, so a model's score may lie between.
 * @source Nili et al. 2014, doi:10.1371/journal.pcbi.1003553; values checked against rsatoolbox and Algonauts 2019.
 */
export function estimateRsaCeiling(
  rdms: readonly Float64Array[],
  options: Partial<RsaOptions> = {},
): GeometryCeiling {
  const chosen: RsaOptions = { comparison: 'spearman', squared: false, averaging: 'raw', ...options };
  const method = `leave-one-subject-out (${COMPARISONS[chosen.comparison].title}, ${AVERAGINGS[chosen.averaging].words})`;
  if (rdms.length < 2) return { method, lower: NaN, upper: NaN };
  const transformed = rdms.map((rdm) => AVERAGINGS[chosen.averaging].transform(rdm));
  const all = sumOf(transformed); // a sum correlates as its mean does
  const bounds = rdms.map((rdm, subject) => ({
    upper: compareRdms(rdm, all, chosen),
    lower: compareRdms(rdm, subtract(all, transformed[subject]), chosen),
  }));
  return { method, lower: meanOf(bounds.map((b) => b.lower)), upper: meanOf(bounds.map((b) => b.upper)) };
}

function zscore(values: Float64Array): Float64Array {
  const moments = new Moments(1);
  for (let i = 0; i < values.length; i++) moments.add(values, i);
  const sd = Math.sqrt(moments.squares[0] / values.length);
  return values.map((value) => (value - moments.mean[0]) / sd);
}

function sumOf(rdms: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(rdms[0].length);
  for (const rdm of rdms) for (let i = 0; i < sum.length; i++) sum[i] += rdm[i];
  return sum;
}

function subtract(all: Float64Array, one: Float64Array): Float64Array {
  return all.map((value, i) => value - one[i]);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
