// Where the Gaussians of all voxels stand: each at a place of its own, or all by one map from the cortex to the image.

import { constant, onnx, parameter, type Parameter, type Random, scalar, type Value } from '@striate/compute';
import type { ReadoutSize } from '../trained/graph-readout.js';

export interface Location {
  /** [voxel, 2], within -1 and 1. */
  readonly mu: Value;
  readonly parameters: readonly Parameter[];
  readonly projections: readonly (readonly [Parameter, (value: Value) => Value])[];
}

const HIDDEN = 30;

/** Parameters of {@link openLocation}. */
export function countLocation(nVoxels: number, location: 'own' | 'cortical'): number {
  return location === 'own' ? 2 * nVoxels : HIDDEN * 4 + 2 * (HIDDEN + 1);
}

/**
 * Make the centres. `own`: one trained point for each voxel, from U(-0.5, 0.5), held in the map. `cortical`: two layers
 * (30 hidden units, ELU, then tanh) from where a voxel lies to where it looks, since neighbours in visual cortex look at
 * neighbouring places; first weights as PyTorch's.
 *
 * @param size With coordinates for `cortical`.
 * @source Lurz et al. 2021, arXiv 2010.08262, section 3 (grid predicted from cortical positions).
 */
export function openLocation(
  { nVoxels, coordinates }: ReadoutSize,
  location: 'own' | 'cortical',
  random: Random,
): Location {
  if (location === 'own') {
    const mu = parameter('mu', random.uniform([nVoxels, 2], -0.5, 0.5));
    return { mu, parameters: [mu], projections: [[mu, (value) => onnx.Clip(value, scalar(-1), scalar(1))]] };
  }
  const uniform = (name: string, shape: readonly number[], nInputs: number) =>
    parameter(name, random.uniform(shape, -1 / Math.sqrt(nInputs), 1 / Math.sqrt(nInputs)));
  const w0 = uniform('location/w0', [HIDDEN, 3], 3);
  const b0 = uniform('location/b0', [HIDDEN], 3);
  const w1 = uniform('location/w1', [2, HIDDEN], HIDDEN);
  const b1 = uniform('location/b1', [2], HIDDEN);
  const cortex = constant('float32', [nVoxels, 3], Float32Array.from(coordinates!));
  const hidden = onnx.Elu(onnx.Gemm(cortex, w0, b0, { transB: true }));
  const mu = onnx.Tanh(onnx.Gemm(hidden, w1, b1, { transB: true }));
  return { mu, parameters: [w0, b0, w1, b1], projections: [] };
}
