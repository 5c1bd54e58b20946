// Ceilings on 50 real V4 neurons with 6 to 10 repeats of 640 images. Expected values were computed in numpy.

import { labelled, type RepeatedResponses } from '@striate/contracts';
import { estimateNsdCeiling, estimateSplitHalfCeiling } from '../src/index.js';
import { describeShared, expectClose, readNpy } from './__fixtures__/shared.js';

/** The file is [neuron, image, repeat] with NaN where a repeat is missing. */
function loadResponses(): RepeatedResponses {
  const { shape, data } = readNpy('data/macaque-v4/responses_raw_210325.npy');
  const [nNeurons, nImages, nRepeats] = shape;
  const values = new Float64Array(data.length);
  for (let neuron = 0, i = 0; neuron < nNeurons; neuron++) {
    for (let image = 0; image < nImages; image++) {
      for (let repeat = 0; repeat < nRepeats; repeat++, i++) {
        values[(repeat * nImages + image) * nNeurons + neuron] = data[i];
      }
    }
  }
  return {
    stimulusIds: Array.from({ length: nImages }, (_, i) => `image${i + 1}`),
    voxelIds: Array.from({ length: nNeurons }, (_, i) => `neuron${i + 1}`),
    values: labelled(['repetition', 'stimulus', 'voxel'], [nRepeats, nImages, nNeurons], values),
    observed: Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1)),
  };
}

const meanOf = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;

describeShared('ceilings of macaque V4', 'data/macaque-v4', () => {
  it('give a split-half correlation of .604, corrected .743', () => {
    const { perVoxel, nUndefined } = estimateSplitHalfCeiling(loadResponses(), { nSplits: 30 }, 1);
    expect(nUndefined).toBe(0);
    expect(meanOf(perVoxel['splitHalf'])).toBeCloseTo(0.604, 2);
    expect(meanOf(perVoxel['reliability'])).toBeCloseTo(0.743, 2);
  });

  it('give, by the formulas of NSD with varying repetitions, the NC that numpy gives', () => {
    const { variance } = estimateNsdCeiling(loadResponses());
    expect(meanOf(variance)).toBeCloseTo(0.7439400878883238, 12);
    expectClose(
      variance.subarray(0, 3),
      Float64Array.of(0.5901954313738146, 0.5448715641119175, 0.8781523633195168),
      1e-12,
    );
  });
});
