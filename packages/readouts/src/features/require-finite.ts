import { nonFinite, rowLength, type FeatureRows } from '@striate/contracts';

/**
 * Stop at a feature that is no number.
 *
 * @param data [rows.length, feature], the rows of these features.
 * @param what What reads them, for messages: `a trained readout`.
 * @throws {DataError} `STRIATE_NON_FINITE`, naming the stimulus and the feature.
 */
export function requireFiniteRows(
  data: Float32Array,
  features: FeatureRows,
  rows: ArrayLike<number>,
  what: string,
): void {
  // A sum is finite only if every term is; the search for the culprit is for the rare case.
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += Math.abs(data[i]);
  if (Number.isFinite(sum)) return;
  const isBad = (value: number) => !Number.isFinite(value);
  const first = data.findIndex(isBad);
  const count = data.reduce((total, value) => total + Number(isBad(value)), 0);
  const length = rowLength(features);
  const stimulus = features.stimulusIds[rows[Math.floor(first / length)]];
  const where = `stimulus "${stimulus}", feature ${first % length}`;
  throw nonFinite({ what: `The features of ${what}`, count, total: data.length, first: where });
}
