// The network of the response-optimised models: convolutions that are equivariant to rotations by 45 degrees.

import { createHash } from 'node:crypto';
import { batchNormalisation, onnx, type Parameter, type Value } from '@striate/compute';
import { graphMalformed, unsupported, type MapShape, type TrainableCore } from '@striate/contracts';
import type { C8CoreOptions } from './architecture.js';
import { blurPool } from './blur-pool.js';
import { openLayers, type Layer } from './layers.js';
import { describeC8, measureC8 } from './size.js';

/** Changes when the same options give other numbers. */
const VERSION = 1;

/**
 * Make the core: blocks of convolution → batch normalisation → ReLU → blur-pool, each convolution of `nFields` regular
 * fields. Turning the image turns the map, and shifts the 8 channels of each field by one per 45 degrees.
 *
 * @remarks The core reads a map of any size and makes one of 8 nFields channels.
 *   Rotations by 90 degrees are exact where every map that a stride halves has an odd size; where it is even, the pixels
 *   that are kept lie half a pixel off the middle. Rotations by 45 degrees are as exact as filters of 3 or 5 pixels can be
 *   turned.
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` if it is opened for a vector.
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if it is built on another map than it was opened for.
 * @source arXiv 2410.14031, as its released code has it; Weiler & Cesa 2019, arXiv 1911.08251.
 */
export function createC8Core(options: C8CoreOptions): TrainableCore<Value, Parameter> {
  return {
    id: 'c8',
    fingerprint: createHash('sha256')
      .update(JSON.stringify(['c8', VERSION, options]))
      .digest('hex'),
    description: describeC8(options),
    measure(input) {
      requireSpace(input);
      return measureC8(options, input);
    },
    open(input, seed) {
      requireSpace(input);
      const layers = openLayers(options, input[0], seed);
      return {
        parameters: layers.flatMap(({ weights, scale, bias }) => [weights, scale, bias]),
        running: layers.flatMap(({ mean, variance }) => [mean, variance]),
        build(x, mode) {
          requireMap(x, input);
          const running = new Map<Parameter, Value>();
          const featureMap = layers.reduce((map, layer) => {
            const { y, running: moved } = applyLayer(map, layer, mode);
            for (const [parameter, next] of moved) running.set(parameter, next);
            return y;
          }, x);
          return { featureMap, running };
        },
      };
    },
  };
}

function applyLayer(x: Value, layer: Layer, mode: 'training' | 'evaluation') {
  const { filters, weights, kernelSize, stride } = layer;
  const margin = (kernelSize - 1) / 2;
  const pads = [margin, margin, margin, margin];
  const convolved = onnx.Conv(x, filters.build(weights), undefined, { pads });
  const { y, running } = batchNormalisation(convolved, layer, { mode });
  const rectified = onnx.Relu(y);
  return { y: stride === undefined ? rectified : blurPool(rectified, { stride }), running };
}

/** On a map of one pixel, nearly all that a convolution learns would meet nothing but its margin. */
function requireSpace([channels, height, width]: MapShape): void {
  if (height * width > 1) return;
  throw unsupported({
    who: 'The C8 core',
    what: `be trained on a vector of ${channels} features: its convolutions read maps`,
    hint: 'Name a layer that is a map; a language model has such with options: { input: caption-grid }.',
  });
}

function requireMap(x: Value, input: MapShape): void {
  if (x.shape.length === 4 && input.every((size, axis) => x.shape[axis + 1] === size)) return;
  const inputs = `${x.dtype}[${x.shape.join(', ')}]`;
  throw graphMalformed({ operator: 'The C8 core', inputs, reason: `it reads [batch, ${input.join(', ')}]` });
}
