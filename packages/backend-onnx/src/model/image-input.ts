// The input of a network that takes the image.

import {
  ONNX_FLOAT,
  listFedInputs,
  readDeclaredValue,
  tensor,
  type OnnxGraph,
  type Tensor,
} from '@striate/compute';
import { invalidOption, unsupported } from '@striate/contracts';
import { countPixelValues } from '../preprocessing/pixels.js';
import { readsChannelsFirst } from './layout.js';
import type { PartialPreprocessing, Preprocessing } from '../preprocessing/preprocessing.js';

export interface ImageInput {
  readonly name: string;
  /** `undefined` = the file does not say; `null` = any. Four entries if it says. */
  readonly shape: readonly (number | null)[] | undefined;
}

/**
 * Find the input that takes the image: the only one of floats that has four axes, or may have.
 *
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` if there is none, or several.
 */
export function findImageInput(graph: OnnxGraph, model: string): ImageInput {
  const inputs = listFedInputs(graph).map((info) => ({ name: info.name, ...readDeclaredValue(info) }));
  const images = inputs.filter(
    ({ elemType, shape }) => elemType === ONNX_FLOAT && (shape === undefined || shape.length === 4),
  );
  if (images.length === 1) return images[0];
  throw unsupported({
    who: `Model "${model}"`,
    what: `be shown an image: ${images.length} of its inputs (${inputs.map(({ name }) => name).join(', ')}) are float32 with four axes`,
    hint: 'Export it with one input, float32, [batch, channel, height, width] or [batch, height, width, channel].',
  });
}

/** What the input says about the preprocessing: by its shape, or by what reads it. */
export function preprocessingOfInput(
  graph: OnnxGraph,
  { name, shape = [] }: ImageInput,
): PartialPreprocessing {
  const [, second = null, third = null, fourth = null] = shape;
  if (fourth === 3 && second !== 3) return { layout: 'nhwc', ...sizeIfKnown(second, third) };
  const isChannelsFirst = (second === 3 && fourth !== 3) || readsChannelsFirst(graph, name);
  return isChannelsFirst ? { layout: 'nchw', ...sizeIfKnown(third, fourth) } : {};
}

function sizeIfKnown(height: number | null, width: number | null): PartialPreprocessing {
  return height === null || width === null ? {} : { size: [height, width] };
}

/**
 * Check that what preprocessing makes is what the input takes.
 * @throws {UsageError} `STRIATE_INVALID_OPTION` with both shapes.
 */
export function assertInputFits({ shape }: ImageInput, preprocessing: Preprocessing, model: string): void {
  const made = pixelShape(preprocessing, 1);
  if (!shape || shape.slice(1).every((size, axis) => size === null || size === made[axis + 1])) return;
  throw invalidOption({
    who: model,
    option: 'preprocessing.size',
    expected: `what the network takes, [${shape.map((size) => size ?? 'any').join(', ')}]`,
    actual: `[${made.join(', ')}] (${preprocessing.layout})`,
  });
}

/** Shape of a batch of prepared images. */
export function pixelShape({ size, layout }: Preprocessing, batchSize: number): readonly number[] {
  return layout === 'nchw' ? [batchSize, 3, ...size] : [batchSize, ...size, 3];
}

/** A batch of prepared images that show nothing, where it does not matter what they show. */
export function blackBatch(preprocessing: Preprocessing, batchSize: number): Tensor<'float32'> {
  const data = new Float32Array(batchSize * countPixelValues(preprocessing));
  return tensor('float32', pixelShape(preprocessing, batchSize), data);
}
