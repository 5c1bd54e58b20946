// The semantic spatial transformer readout, trained: masks and maps move with what a locator says of the image.

import { onnx, parameter, scalar, type Tensor, type Value } from '@striate/compute';
import { oneOf, valueThat, wholeNumber } from '@striate/contracts';
import { productOfNorms } from '../factorized/graph.js';
import type { GraphInputs, GraphReadout } from '../trained/graph-readout.js';
import { massOf } from '../trained/mass.js';
import { movedMasks, transformerReadout, transformsOf } from './graph.js';
import { countLocating, openLocating, type LocatingOptions } from './locating.js';
import type { Motion, MotionPart } from './motion.js';
import { describeTransforms } from './transforms.js';
import { createTrainedReadout } from '../trained/trained-readout.js';

export { transformerReadout, transformsOf, type Mover, type TransformerWeights } from './graph.js';
export { type Motion, type MotionPart } from './motion.js';

const PARTS: readonly MotionPart[] = ['translation', 'rotation', 'scale', 'shear'];

/**
 * `y_v = sum_c w_vc sum_p x'_cp M'_vp + b_v`: masks of unit norm, not negative, warped by A_v(image), maps by B_c(image). The
 * image is described by the locator's map through a trained 1 x 1 convolution to 4 channels; two layers (32 hidden units,
 * ReLU) make the transforms of it, their last ones beginning at the identity. M and w from N(0, 1e-3), b = 0; penalised by
 * sum_v |M_v|_1 |w_v|_1.
 *
 * @source Saha, Chadha & Khosla 2024, arXiv 2410.14031.
 */
const semanticSpatialTransformer: GraphReadout<LocatingOptions> = {
  id: 'semantic-spatial-transformer',
  title: 'Semantic spatial transformer: masks and maps move with the content of the image',
  version: 3,
  wantsDescriptor: true,
  readers: {
    moves: oneOf(['both', 'voxels', 'channels', 'none'], 'both'),
    motion: valueThat(`"affine", or a list of ${PARTS.join(', ')}`, isMotion, 'affine'),
    locatorChannels: wholeNumber(1, 4),
    hidden: wholeNumber(1, 32),
  },
  describe: ({ moves, motion, locatorChannels, hidden }) => {
    const how = motion === 'affine' ? 'affine transforms' : motion.join(' and ');
    const what = { both: 'masks and maps', voxels: 'masks', channels: 'maps', none: 'nothing' }[moves];
    return `Semantic spatial transformer: ${what} moved for each image (masks by ${how}), through ${locatorChannels} locator channels and ${hidden} hidden units`;
  },
  countParameters(size, options) {
    const {
      nVoxels,
      map: [channels, height, width],
    } = size;
    return nVoxels * (height * width + channels + 1) + countLocating(size, options);
  },
  countActivations: ({ nVoxels, map: [channels, height, width] }) =>
    (4 * channels + 7 * nVoxels) * height * width,
  open(size, options, random) {
    const {
      nVoxels,
      map: [channels, height, width],
    } = size;
    const spatial = parameter('spatial', notNegative(random.normal([nVoxels, height, width], 1e-3)));
    const features = parameter('features', random.normal([nVoxels, channels], 1e-3));
    const bias = parameter('bias', random.normal([nVoxels], 0));
    const { parameters, movers, describe } = openLocating(size, options, random);
    const { voxelMover } = movers;
    const image = ({ descriptor }: GraphInputs) => describe(descriptor!);
    return {
      parameters: [spatial, features, bias, ...parameters],
      projections: new Map([[spatial, (value: Value) => onnx.Max(value, scalar(0))]]),
      build: (inputs) =>
        transformerReadout(inputs.map, image(inputs), { spatial, features, bias, ...movers }),
      penalty: () => productOfNorms(spatial, features),
      fields: (inputs) => ({
        ...massOf(movedMasks(spatial, image(inputs), voxelMover), [height, width]),
        ...(voxelMover ? { others: describeTransforms(transformsOf(image(inputs), voxelMover)) } : {}),
      }),
    };
  },
};

/** Make the `semantic-spatial-transformer` readout. */
export const create = () => createTrainedReadout(semanticSpatialTransformer);

/** The masks that training begins with, brought back as after each update. */
function notNegative(masks: Tensor<'float32'>): Tensor<'float32'> {
  return { ...masks, data: masks.data.map((value) => Math.max(value, 0)) };
}

function isMotion(value: unknown): value is Motion {
  if (value === 'affine') return true;
  const isPart = (part: unknown) => PARTS.includes(part as MotionPart);
  return (
    Array.isArray(value) && value.length > 0 && value.every(isPart) && new Set(value).size === value.length
  );
}
