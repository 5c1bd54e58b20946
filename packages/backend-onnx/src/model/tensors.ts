// From the tensors of a session to features: float32, one row per stimulus, channels first.

import { widenHalves, type Tensor } from '@striate/compute';

/**
 * Take the rows of the first stimuli out of a batch.
 *
 * @param value          [batch, ...]; 4 axes with channels last if `isChannelsLast`.
 * @param count          Stimuli to take.
 * @param isChannelsLast Are maps [height, width, channel]?
 * @returns [count, ...row], channels first, in a buffer of its own or the tensor's.
 */
export function takeRows(value: Tensor, count: number, isChannelsLast: boolean): Float32Array {
  const [batchSize, ...row] = value.shape;
  const all =
    value.dtype === 'float16' ? widenHalves(value.data as Uint16Array) : (value.data as Float32Array);
  const rows = count === batchSize ? all : all.slice(0, (all.length / batchSize) * count);
  return isChannelsLast && row.length === 3 ? channelsFirst(rows, count, row[0] * row[1], row[2]) : rows;
}

/** [count, pixel, channel] → [count, channel, pixel]. */
function channelsFirst(rows: Float32Array, count: number, nPixels: number, nChannels: number): Float32Array {
  const turned = new Float32Array(rows.length);
  for (let row = 0, from = 0; row < count; row++) {
    const start = row * nPixels * nChannels;
    for (let pixel = 0; pixel < nPixels; pixel++) {
      for (let channel = 0; channel < nChannels; channel++, from++) {
        turned[start + channel * nPixels + pixel] = rows[from];
      }
    }
  }
  return turned;
}
