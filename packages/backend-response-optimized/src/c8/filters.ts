// From free weights to the filters of an ordinary convolution: what is learnt is a few numbers per pair of fields; their
// turned copies are the same numbers.

import { constant, onnx, type Value } from '@striate/compute';
import { N_ROTATIONS, turnedHarmonics, type TurnedHarmonics } from './harmonics.js';

export interface FilterSizes {
  readonly inFields: number;
  readonly outFields: number;
  /** Odd, in pixels. */
  readonly kernelSize: number;
}

/** How filters are made of free weights, and how these begin. */
export interface FilterBank {
  /** [out field, in field, free number]. */
  readonly weightShape: readonly [number, number, number];
  /** Standard deviation of the first weights, by which squares of a filter sum to 2 (He et al. 2015, arXiv 1502.01852). */
  readonly initialSd: number;
  /**
   * @param weights {@link weightShape}.
   * @returns [8 out fields, in channels, k, k]. Channels are field-major: the 8 rotations of field 0, then of field 1.
   */
  build(weights: Value): Value;
}

/**
 * From an image, each channel a field of its own, to fields over rotations:
 *
 *     filter[(o, g), i] = sum_j w[o, i, j] harmonic_j turned by g.
 */
export function liftingFilters(sizes: FilterSizes): FilterBank {
  return turnedFilters(sizes, 1);
}

/**
 * From fields over rotations to fields over rotations: turning the input turns the filters and shifts the rotations,
 *
 *     filter[(o, g), (i, h)] = sum_j w[o, i, ((h - g) mod 8, j)] harmonic_j turned by g.
 */
export function groupFilters(sizes: FilterSizes): FilterBank {
  return turnedFilters(sizes, N_ROTATIONS);
}

function turnedFilters({ inFields, outFields, kernelSize }: FilterSizes, inRotations: number): FilterBank {
  const harmonics = turnedHarmonics(kernelSize);
  const basis = makeBasis(harmonics, inRotations);
  const nFree = inRotations * harmonics.nHarmonics;
  const [channelsOut, channelsIn] = [outFields * N_ROTATIONS, inFields * inRotations];
  return {
    weightShape: [outFields, inFields, nFree],
    initialSd: Math.sqrt(2 / (inFields * nFree)),
    build(weights) {
      const shape = [outFields, inFields, N_ROTATIONS, inRotations, kernelSize ** 2];
      const filters = onnx.Transpose(onnx.Reshape(onnx.MatMul(weights, basis), shape), [0, 2, 1, 3, 4]);
      return onnx.Reshape(filters, [channelsOut, channelsIn, kernelSize, kernelSize]);
    },
  };
}

/** [(h - g, j), (g, h, pixel)]: harmonic j turned by g stands wherever in and out rotation are that far apart. */
function makeBasis({ nHarmonics, data }: TurnedHarmonics, inRotations: number): Value {
  const nPixels = data.length / (N_ROTATIONS * nHarmonics);
  const columns = N_ROTATIONS * inRotations * nPixels;
  const basis = new Float32Array(inRotations * nHarmonics * columns);
  for (let apart = 0; apart < inRotations; apart++) {
    for (let j = 0; j < nHarmonics; j++) {
      for (let g = 0; g < N_ROTATIONS; g++) {
        const h = (g + apart) % inRotations;
        const filter = data.subarray((g * nHarmonics + j) * nPixels, (g * nHarmonics + j + 1) * nPixels);
        basis.set(filter, (apart * nHarmonics + j) * columns + (g * inRotations + h) * nPixels);
      }
    }
  }
  return constant('float32', [inRotations * nHarmonics, columns], basis);
}
