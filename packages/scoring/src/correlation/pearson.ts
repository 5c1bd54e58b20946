import { optionsParser, type PredictionScorer, type PredictionScores } from '@striate/contracts';
import { PairedMoments } from '../moments/paired-moments.js';
import { assertSameShape, countedScores, type PredictionData } from '../prediction-data.js';

/**
 * Score predictions by Pearson's correlation over stimuli, voxel by voxel.
 *
 *     r = sum (x - mean x)(y - mean y) / sqrt(sum (x - mean x)^2 sum (y - mean y)^2)
 *
 * @param data Predictions x and responses y, [stimulus, voxel], any units; pairs that were not observed are left out.
 * @returns One r in [-1, 1] per voxel, the stimuli it rests on, and how many are undefined. NaN where predictions or
 *   responses are constant, where one of them is NaN or infinite, and where fewer than two stimuli were observed.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` if the shapes differ.
 * @remarks One pass over the rows in float64, whatever the data's precision; memory is six numbers per voxel.
 * @source Pearson 1895, doi:10.1098/rspl.1895.0041; recurrence of Welford 1962. Values checked against himalaya.
 */
export function scorePearson(data: PredictionData): PredictionScores {
  assertSameShape(data);
  const { predictions, responses, observed } = data;
  const [nStimuli, nVoxels] = responses.shape;
  const moments = new PairedMoments(nVoxels);
  for (let s = 0; s < nStimuli; s++) moments.add(predictions.data, responses.data, s * nVoxels, observed);
  return countedScores(moments.correlations(), moments.n);
}

/** The scorer `pearson`. */
export function createPearson(): PredictionScorer<object> {
  return {
    specVersion: 'v1',
    kind: 'prediction',
    id: 'pearson',
    title: 'Pearson correlation',
    version: 1,
    range: [-1, 1],
    parseOptions: optionsParser('pearson', {}),
    describe: () =>
      'Pearson correlation of predicted and measured responses over the test stimuli that were measured, voxel by voxel',
    doScore: async (data) => scorePearson(data),
  };
}
