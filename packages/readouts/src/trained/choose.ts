// Which run each voxel is read by: validation decides, test responses are never seen.

import type { Warning } from '@striate/contracts';
import type { Weights } from './graph-readout.js';
import { meanDefined } from './validation.js';

export interface Run {
  readonly strength: number;
  readonly epochs: number;
  readonly weights: Weights;
  /** Validation r per voxel. */
  readonly scores: Float64Array;
}

export interface Choice {
  /** Runs that some voxel chose, in their order. */
  readonly kept: readonly Run[];
  /** Per voxel, a position in {@link kept}. */
  readonly chosen: Int32Array;
  /**
   * `validationScore`: mean r over the seeds at the chosen strength; `seedSpread`: its standard deviation over seeds (NaN
   * for one seed); `strength`; `epochs` of the chosen run. Seeds without an r (their prediction is constant) are left out of
   * both, and counted by the warning.
   */
  readonly perVoxel: Readonly<Record<'validationScore' | 'seedSpread' | 'strength' | 'epochs', Float64Array>>;
  readonly warnings: readonly Warning[];
}

/**
 * Choose per voxel: first the strength by its mean score over seeds, then the seed by its score at that strength.
 *
 * @param runs All strengths with all seeds.
 * @param chooseBy `mean`: one strength for all voxels, by the mean over voxels; the seed is each voxel's own always.
 * @remarks Ties, and voxels without a score, go to the first.
 */
export function chooseRuns(runs: readonly Run[], chooseBy: 'voxel' | 'mean'): Choice {
  const nVoxels = runs[0].scores.length;
  const strengths = [...new Set(runs.map((run) => run.strength))];
  const groups = strengths.map((strength) => runs.filter((run) => run.strength === strength));
  const means = groups.map((group) => overSeeds(group, mean));
  const common = chooseBy === 'mean' ? best(means.map(meanDefined)) : undefined;
  const perVoxel = {
    validationScore: new Float64Array(nVoxels),
    seedSpread: new Float64Array(nVoxels),
    strength: new Float64Array(nVoxels),
    epochs: new Float64Array(nVoxels),
  };
  const spreads = groups.map((group) => overSeeds(group, standardDeviation));
  const picks = Array.from({ length: nVoxels }, (_, voxel) => {
    const place = common ?? best(means.map((scores) => scores[voxel]));
    const run = groups[place][best(groups[place].map(({ scores }) => scores[voxel]))];
    perVoxel.validationScore[voxel] = means[place][voxel];
    perVoxel.seedSpread[voxel] = spreads[place][voxel];
    perVoxel.strength[voxel] = run.strength;
    perVoxel.epochs[voxel] = run.epochs;
    return run;
  });
  const kept = runs.filter((run) => picks.includes(run));
  const chosen = Int32Array.from(picks, (run) => kept.indexOf(run));
  return { kept, chosen, perVoxel, warnings: warnOfUndefined(runs, nVoxels) };
}

function overSeeds(group: readonly Run[], summary: (scores: readonly number[]) => number): Float64Array {
  return group[0].scores.map((_, voxel) => {
    const scores = group.map((run) => run.scores[voxel]);
    return summary(scores.filter((score) => !Number.isNaN(score)));
  });
}

/** Trainings that ended with a constant prediction are no gain, and no secret. */
function warnOfUndefined(runs: readonly Run[], nVoxels: number): Warning[] {
  const isUndefined = (voxel: number) => runs.some(({ scores }) => Number.isNaN(scores[voxel]));
  const count = Array.from({ length: nVoxels }, (_, voxel) => voxel).filter(isUndefined).length;
  if (count === 0) return [];
  const message =
    'Some trainings predict a constant for some voxels on the validation stimuli, so that they have no validation score; they are left out of its mean over seeds. A smaller learning rate may help.';
  return [{ code: 'validation-undefined', message, count, total: nVoxels }];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Over n - 1; NaN for one value. */
function standardDeviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

/** Position of the largest, the first of equals; NaN is below all numbers. */
function best(values: readonly number[]): number {
  const rank = (value: number) => (Number.isNaN(value) ? -Infinity : value);
  return values.reduce((at, value, i) => (rank(value) > rank(values[at]) ? i : at), 0);
}
