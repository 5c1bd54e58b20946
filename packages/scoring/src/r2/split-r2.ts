import type { PredictionParts, ScoredPredictions } from '@striate/contracts';
import { Moments } from '../moments/moments.js';
import { assertSameShape } from '../prediction-data.js';

/**
 * Divide R2 between parts of the predictions by the product measure, voxel by voxel.
 *
 *     R2_i = sum_t (2 y p_i - p_i x) / sum_t y^2,   y, x: responses and predictions minus the responses' mean
 *
 * @param data  Predictions and responses, [stimulus, voxel], same unit; pairs that were not observed are left out.
 * @param parts By name, [stimulus, voxel]: they add up to the predictions but for a constant of each voxel.
 * @returns Per part one number per voxel. Together they are R2 minus the share of the constant, which is 0 where the
 *   constant is the mean of the scored responses. Negative where a part makes the prediction worse. NaN where R2 is.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` if the shapes differ.
 * @source Product measure: Hoffman 1960, Pratt 1987; as himalaya's r2_score_split (Dupre la Tour et al. 2022), whose values it
 *   reproduces on centred responses.
 */
export function splitR2(data: ScoredPredictions, parts: PredictionParts): Record<string, Float64Array> {
  const { predictions, responses, observed } = data;
  for (const part of [predictions, ...Object.values(parts)]) assertSameShape({ ...data, predictions: part });
  const [nStimuli, nVoxels] = responses.shape;
  const { mean, squares, n } = momentsOf(data);
  return Object.fromEntries(
    Object.entries(parts).map(([name, { data: part }]) => {
      const sums = new Float64Array(nVoxels);
      for (let i = 0, s = 0; s < nStimuli; s++)
        for (let v = 0; v < nVoxels; v++, i++) {
          if (observed && !observed[i]) continue;
          const [y, x] = [responses.data[i] - mean[v], predictions.data[i] - mean[v]];
          sums[v] += part[i] * (2 * y - x);
        }
      const shares = sums.map((sum, v) => (n[v] > 1 && squares[v] > 0 ? sum / squares[v] : NaN));
      return [name, shares.map((share) => (Number.isFinite(share) ? share : NaN))];
    }),
  );
}

function momentsOf({ responses, observed }: ScoredPredictions): Moments {
  const [nStimuli, nVoxels] = responses.shape;
  const moments = new Moments(nVoxels);
  for (let s = 0; s < nStimuli; s++) moments.add(responses.data, s * nVoxels, observed);
  return moments;
}
