// The factorised readout, trained: one mask and one weight per channel for each voxel.

import { onnx, parameter } from '@striate/compute';
import { massOf } from '../trained/mass.js';
import type { GraphReadout } from '../trained/graph-readout.js';
import { factorizedReadout, productOfNorms } from './graph.js';
import { createTrainedReadout } from '../trained/trained-readout.js';

export { factorizedReadout, type FactorizedWeights } from './graph.js';

/** Standard deviation of the first masks and weights. */
const INITIAL = 1e-3;

/**
 * `y_v = sum_c w_vc sum_p M_vp / |M_v| x_cp + b_v`, M and w from N(0, 1e-3), b = 0; penalised by sum_v |M_v|_1 |w_v|_1.
 *
 * @source Klindt et al. 2017, arXiv 1711.02653; first weights as in the code released with arXiv 2410.14031.
 */
const factorized: GraphReadout<object> = {
  id: 'factorized',
  title: 'Spatial-feature factorised readout: one mask and one weight per channel for each voxel',
  version: 3,
  readers: {},
  describe: () => 'Factorised readout: a spatial mask of unit norm and one weight per channel for each voxel',
  countParameters: ({ nVoxels, map: [channels, height, width] }) => nVoxels * (height * width + channels + 1),
  countActivations: ({ nVoxels, map: [channels, height, width] }) =>
    channels * height * width + 4 * nVoxels * Math.min(channels, height * width),
  open({ nVoxels, map: [channels, height, width] }, _, random) {
    const spatial = parameter('spatial', random.normal([nVoxels, height, width], INITIAL));
    const features = parameter('features', random.normal([nVoxels, channels], INITIAL));
    const bias = parameter('bias', random.normal([nVoxels], 0));
    return {
      parameters: [spatial, features, bias],
      build: ({ map }) => factorizedReadout(map, { spatial, features, bias }),
      penalty: () => productOfNorms(spatial, features),
      fields: () => massOf(onnx.Abs(onnx.Reshape(spatial, [nVoxels, 1, height * width])), [height, width]),
    };
  },
};

/** Make the `factorized` readout. */
export const create = () => createTrainedReadout(factorized);
