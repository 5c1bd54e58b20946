// Values that the peers' own code gave (himalaya, scipy, the formulas of NSD in numpy).

import { labelled } from '@striate/contracts';
import {
  compareRdms,
  computeRdmOfArray,
  estimateNsdCeiling,
  explainableVariance,
  scorePearson,
  scoreR2,
} from '../src/index.js';
import { describeShared, expectClose, readNpy } from './__fixtures__/shared.js';

/** Float64 all the way; sums in another order than numpy's. */
const TOLERANCE = 1e-12;

/** One voxel has no noise at all; numpy's rounding makes its ratio 1.7e16 where it is infinite. */
const infiniteBeyondRounding = (ncsnr: number) => (ncsnr > 1e15 ? Infinity : ncsnr);

const matrix = (...path: string[]) => {
  const { shape, data } = readNpy(...path);
  return labelled(['stimulus', 'voxel'], [shape[0], shape[1]], data);
};

describeShared('scorePearson and scoreR2', 'golden/pearson', () => {
  const data = {
    predictions: () => matrix('golden/pearson/predictions.npy'),
    responses: () => matrix('golden/pearson/responses.npy'),
  };
  const load = () => ({ predictions: data.predictions(), responses: data.responses() });

  it('agree with himalaya', () => {
    expectClose(scorePearson(load()).values, readNpy('golden/pearson/r.npy').data, TOLERANCE);
    expectClose(scoreR2(load()).values, readNpy('golden/pearson/r2.npy').data, TOLERANCE);
  });
});

describeShared('estimateNsdCeiling', 'golden/noise-ceiling-nsd', () => {
  const golden = (name: string) => readNpy('golden/noise-ceiling-nsd', `${name}.npy`).data;

  it('agrees with the formulas of NSD in numpy', () => {
    const { shape, data } = readNpy('golden/noise-ceiling-nsd/responses.npy');
    const [nRepetitions, nStimuli, nVoxels] = shape;
    const ceiling = estimateNsdCeiling({
      stimulusIds: Array.from({ length: nStimuli }, (_, i) => `s${i}`),
      voxelIds: Array.from({ length: nVoxels }, (_, i) => `v${i}`),
      values: labelled(['repetition', 'stimulus', 'voxel'], [nRepetitions, nStimuli, nVoxels], data),
    });
    expectClose(ceiling.perVoxel['noiseSd'], golden('noise_sd'), TOLERANCE);
    expectClose(ceiling.perVoxel['signalSd'], golden('signal_sd'), TOLERANCE);
    expectClose(ceiling.perVoxel['ncsnr'], golden('ncsnr').map(infiniteBeyondRounding), TOLERANCE);
    expectClose(ceiling.variance, golden('nc_3'), TOLERANCE);
    expectClose(ceiling.correlation, golden('r_ceiling_3'), TOLERANCE);
    const forSingleTrials = ceiling.perVoxel['ncsnr'].map((ncsnr) => explainableVariance(ncsnr, 1));
    expectClose(forSingleTrials, golden('nc_1'), TOLERANCE);
  });
});

describeShared('computeRdmOfArray and compareRdms', 'golden/rsa-cka', () => {
  const golden = (name: string) => readNpy('golden/rsa-cka', `${name}.npy`).data;

  it('agree with scipy', async () => {
    const a = await computeRdmOfArray(matrix('golden/rsa-cka/a.npy'));
    const b = await computeRdmOfArray(matrix('golden/rsa-cka/b.npy'));
    expectClose(a, golden('rdm_a'), TOLERANCE);
    expectClose(b, golden('rdm_b'), TOLERANCE);
    const compared = (comparison: 'spearman' | 'kendall' | 'pearson') =>
      Float64Array.of(compareRdms(a, b, { comparison }));
    expectClose(compared('spearman'), golden('spearman'), TOLERANCE);
    expectClose(compared('kendall'), golden('kendall_tau_b'), TOLERANCE);
    expectClose(compared('pearson'), golden('pearson'), TOLERANCE);
  });
});
