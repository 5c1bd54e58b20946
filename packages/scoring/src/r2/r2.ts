import { optionsParser, type PredictionScorer, type PredictionScores } from '@striate/contracts';
import { Moments } from '../moments/moments.js';
import { assertSameShape, countedScores, type PredictionData } from '../prediction-data.js';
import { splitR2 } from './split-r2.js';

/**
 * Score predictions by the coefficient of determination over stimuli, voxel by voxel.
 *
 *     R2 = 1 - SSE / SST,   SSE = sum (y - x)^2,   SST = sum (y - mean y)^2
 *
 * @param data Predictions x and responses y, [stimulus, voxel], same unit; pairs that were not observed are left out.
 * @returns One R2 <= 1 per voxel (negative where the mean predicts better), the stimuli it rests on, and how many are
 *   undefined. NaN where responses are constant, where a value is NaN or infinite, and where fewer than two stimuli
 *   were observed.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` if the shapes differ.
 * @remarks The mean is that of the scored stimuli, as in scikit-learn and himalaya. One pass in float64.
 * @source Wright 1921; values checked against himalaya.
 */
export function scoreR2(data: PredictionData): PredictionScores {
  assertSameShape(data);
  const { responses, observed } = data;
  const [nStimuli, nVoxels] = responses.shape;
  const moments = new Moments(nVoxels);
  for (let s = 0; s < nStimuli; s++) moments.add(responses.data, s * nVoxels, observed);
  const errors = sumSquaredErrors(data);
  const values = errors.map((error, v) => finiteOrNaN(1 - error / moments.squares[v]));
  return countedScores(values, moments.n);
}

function sumSquaredErrors({ predictions, responses, observed }: PredictionData): Float64Array {
  const [nStimuli, nVoxels] = responses.shape;
  const errors = new Float64Array(nVoxels);
  for (let i = 0, s = 0; s < nStimuli; s++) {
    for (let v = 0; v < nVoxels; v++, i++) {
      if (!observed || observed[i]) errors[v] += (responses.data[i] - predictions.data[i]) ** 2;
    }
  }
  return errors;
}

/** A division by no variance, or an infinite prediction, is undefined. */
function finiteOrNaN(value: number): number {
  return Number.isFinite(value) ? value : NaN;
}

/** The scorer `r2`. */
export function createR2(): PredictionScorer<object> {
  return {
    specVersion: 'v1',
    kind: 'prediction',
    id: 'r2',
    title: 'Coefficient of determination R2',
    version: 1,
    range: [-Infinity, 1],
    parseOptions: optionsParser('r2', {}),
    describe: () =>
      'R2 = 1 - SSE / SST of predicted and measured responses over the test stimuli that were measured, voxel by voxel; ' +
      'SST about the mean of those stimuli',
    doScore: async (data) => scoreR2(data),
    doSplit: async ({ parts, ...data }) => splitR2(data, parts),
  };
}
