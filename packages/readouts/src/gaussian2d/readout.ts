// The Gaussian 2-D readout, trained: each voxel reads the map at one point, which training draws from a Gaussian.

import { onnx, parameter, type Parameter, type Random, scalar, type Value } from '@striate/compute';
import { oneOf } from '@striate/contracts';
import type { Fields, GraphReadout } from '../trained/graph-readout.js';
import { gaussian2dReadout, isSmallMap } from './graph.js';
import { countLocation, openLocation } from './location.js';
import { createTrainedReadout } from '../trained/trained-readout.js';

export { gaussian2dReadout, type Gaussian2dWeights, type Jitter } from './graph.js';

export interface Gaussian2dOptions {
  /** One spread for all directions, one along x and one along y, or any 2 x 2 matrix. */
  readonly covariance: 'isotropic' | 'diagonal' | 'full';
  /** Each voxel has a place of its own, or all places follow from where voxels lie in the cortex. */
  readonly location: 'own' | 'cortical';
}

const SPREADS: Readonly<Record<Gaussian2dOptions['covariance'], readonly number[]>> = {
  isotropic: [1],
  diagonal: [2],
  full: [2, 2],
};

/**
 * `y_v = w_v . x(z_v) + b_v`; z is mu + sigma eps in training, held in the map, and mu afterwards. First weights: mu from
 * U(-0.5, 0.5), sigma from U(0, 0.5), w = 1 / C, b = 0; penalised by sum |w|.
 *
 * @source Lurz et al. 2021, arXiv 2010.08262.
 */
const gaussian2d: GraphReadout<Gaussian2dOptions> = {
  id: 'gaussian2d',
  title: 'Gaussian 2-D readout: each voxel reads the map at one point',
  version: 3,
  readers: {
    covariance: oneOf(['isotropic', 'diagonal', 'full'], 'diagonal'),
    location: oneOf(['own', 'cortical'], 'own'),
  },
  wantsCoordinates: ({ location }) => location === 'cortical',
  describe: ({ covariance, location }) => {
    const whose = location === 'own' ? '' : ', placed by its coordinates in the cortex';
    return `Gaussian 2-D readout: one point of the map for each voxel${whose}, drawn in training from a Gaussian of ${covariance} covariance`;
  },
  countParameters: ({ nVoxels, map: [channels] }, { covariance, location }) =>
    nVoxels * (countSpread(covariance) + channels + 1) + countLocation(nVoxels, location),
  countActivations: ({ nVoxels, map: [channels, height, width] }) =>
    channels * height * width + nVoxels * (isSmallMap(height * width) ? 3 * height * width : 4 * channels),
  open(size, { covariance, location }, random) {
    const {
      nVoxels,
      map: [channels, height, width],
    } = size;
    const { mu, parameters, projections } = openLocation(size, location, random);
    const sigma = parameter('sigma', firstSpread(nVoxels, covariance, random));
    const features = parameter('features', random.uniform([nVoxels, channels], 1 / channels, 1 / channels));
    const bias = parameter('bias', random.normal([nVoxels], 0));
    const notNegative = (value: Value) => onnx.Max(value, scalar(0));
    return {
      parameters: [...parameters, sigma, features, bias],
      projections: new Map<Parameter, (value: Value) => Value>([
        ...projections,
        ...(covariance === 'full' ? [] : ([[sigma, notNegative]] as const)),
      ]),
      build: ({ map }, eps) => gaussian2dReadout(map, { mu, features, bias }, eps && { sigma, eps }),
      noiseShape: (batchSize) => [batchSize, nVoxels, 2],
      penalty: () => onnx.ReduceSum(onnx.Abs(features)),
      fields: () => fieldsOf(mu, sigma, { height, width }),
    };
  },
};

/** Make the `gaussian2d` readout. */
export const create = () => createTrainedReadout(gaussian2d);

function countSpread(covariance: Gaussian2dOptions['covariance']): number {
  return SPREADS[covariance].reduce((product, size) => product * size, 1);
}

/** `full`: the diagonal of the matrix is drawn, the rest is 0. */
function firstSpread(nVoxels: number, covariance: Gaussian2dOptions['covariance'], random: Random) {
  const drawn = random.uniform([nVoxels, ...SPREADS[covariance]], 0, 0.5);
  if (covariance !== 'full') return drawn;
  const isOffDiagonal = (i: number) => i % 4 === 1 || i % 4 === 2;
  return { ...drawn, data: drawn.data.map((value, i) => (isOffDiagonal(i) ? 0 : value)) };
}

/**
 * From coordinates whose -1 and 1 are the middles of the outermost pixels to those whose -1 and 1 are the edges of the map: by
 * (size - 1) / size. A spread is the root of the mean variance along x and y.
 */
function fieldsOf(mu: Value, sigma: Value, { height, width }: { height: number; width: number }): Fields {
  const inMap = [(width - 1) / width, (height - 1) / height];
  const [x, y] = onnx.Split(mu, [1, 1], 1).map((value, axis) => scaled(value, inMap[axis]));
  const rows = onnx.Reshape(sigma, [sigma.shape[0] as number, -1]);
  const square = onnx.ReduceMean(onnx.Mul(rows, rows), { axes: [1], keepdims: true });
  const isFull = sigma.shape.length === 3;
  const variance = isFull ? onnx.Mul(square, scalar(2)) : square; // four entries make two variances
  const size = scaled(onnx.Sqrt(variance), (inMap[0] + inMap[1]) / 2);
  const asRow = (value: Value) => onnx.Transpose(value);
  return { x: asRow(x), y: asRow(y), size: asRow(size) };
}

function scaled(value: Value, factor: number): Value {
  return onnx.Mul(value, scalar(factor));
}
