// A control: each voxel looks where the content of the image tells it to, by softmax attention.

import { onnx, parameter, scalar, staticShape, type Parameter, type Value } from '@striate/compute';
import type { GraphReadout } from '../trained/graph-readout.js';
import { massOf } from '../trained/mass.js';
import { readThrough, weighChannels } from '../trained/read-through.js';
import { createTrainedReadout } from '../trained/trained-readout.js';

interface AttentionWeights {
  /** [voxel, channel]: what attracts a voxel's look. */
  readonly query: Parameter;
  /** [voxel, height * width]: where it looks whatever is there. */
  readonly place: Parameter;
  /** [voxel, channel]. */
  readonly features: Parameter;
  /** [voxel]. */
  readonly bias: Parameter;
}

/**
 * `y_v = sum_c w_vc sum_p a_vp x_cp + b_v` with `a_v = softmax_p(q_v . x_p / sqrt(C) + s_vp)`; q and s begin at 0, so that
 * at first each voxel looks at all places alike.
 *
 * @source dot-product attention of Vaswani et al. 2017, arXiv 1706.03762, with one learned query per voxel.
 */
const attention: GraphReadout<object> = {
  id: 'softmax-attention',
  title: 'Softmax attention: each voxel looks where the content of the image tells it to',
  version: 3,
  readers: {},
  describe: () => 'Softmax attention: a learned query and a learned preference for places for each voxel',
  countParameters: ({ nVoxels, map: [channels, height, width] }) =>
    nVoxels * (height * width + 2 * channels + 1),
  countActivations: ({ nVoxels, map: [channels, height, width] }) =>
    (channels + 6 * nVoxels) * height * width,
  open({ nVoxels, map: [channels, height, width] }, _, random) {
    const weights: AttentionWeights = {
      query: parameter('query', random.normal([nVoxels, channels], 0)),
      place: parameter('place', random.normal([nVoxels, height * width], 0)),
      features: parameter('features', random.normal([nVoxels, channels], 1e-3)),
      bias: parameter('bias', random.normal([nVoxels], 0)),
    };
    return {
      parameters: Object.values(weights) as Parameter[],
      build: ({ map }) => read(map, weights),
      penalty: () => onnx.ReduceSum(onnx.Abs(weights.features)),
      fields: ({ map }) => massOf(look(asPlaces(map), weights), [height, width]),
    };
  },
};

/** Make the `softmax-attention` readout. */
export const create = () => createTrainedReadout(attention);

function read(map: Value, weights: AttentionWeights): Value {
  const places = asPlaces(map);
  return readThrough(places, look(places, weights), weights);
}

/** [voxel, batch, place]: how much of its look each voxel gives to each place; sums to 1. */
function look(places: Value, { query, place }: AttentionWeights): Value {
  const [, channels] = staticShape('softmax-attention', places);
  const pull = onnx.Mul(weighChannels(places, query), scalar(1 / Math.sqrt(channels)));
  return onnx.Softmax(onnx.Add(pull, onnx.Unsqueeze(place, [1])));
}

/** [batch, channel, place]. */
function asPlaces(map: Value): Value {
  const [batch, channels, height, width] = staticShape('softmax-attention', map);
  return onnx.Reshape(map, [batch, channels, height * width]);
}
