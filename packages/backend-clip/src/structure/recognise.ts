// Which vision transformer a graph is.

import { wireGraph } from '@striate/backend-onnx';
import { readDeclaredValue, type OnnxGraph } from '@striate/compute';
import { notOfFamily } from '@striate/contracts';
import type { Dimensions, Variant } from '../variants.js';
import { findEmbedding } from './head.js';
import { findPatches, type Patches } from './patches.js';
import type { Refuse } from './paths.js';
import { findStream, type Stream } from './stream.js';

export interface Structure extends Dimensions {
  /** Patches of an image, [down, across]. */
  readonly grid: readonly [height: number, width: number];
  readonly stream: Stream;
  /** Value of the projected class token. */
  readonly embedding: string;
}

/**
 * Recognise CLIP's image encoder by its form, whatever its values are called: patches with a class token before them, a
 * residual stream of attention and MLP, the class token normalised and projected.
 *
 * @param image    Input that takes the image; values of other inputs are passed over.
 * @param model    For messages.
 * @param expected The variant that it has to be, if one was asked for.
 * @throws {DataError} `STRIATE_NOT_OF_FAMILY` with what was found instead.
 */
export function recogniseClip(graph: OnnxGraph, image: string, model: string, expected?: Variant): Structure {
  const refuse: Refuse = (reason) => {
    throw notOfFamily({ model, family: expected?.title ?? 'vision transformer of CLIP', reason });
  };
  const wiring = wireGraph(graph, image);
  const patches = findPatches(graph, wiring, refuse);
  const stream = findStream(wiring, patches.tokens, refuse);
  const { patch, width } = patches;
  const found = { patch, width, nBlocks: stream.blocks.length };
  const [is, shouldBe] = [describeDimensions(found), describeDimensions(expected ?? found)];
  if (is !== shouldBe) return refuse(`it has ${is}, not ${shouldBe}`);
  const grid = findGrid(graph, image, patches, refuse);
  return { ...found, grid, stream, embedding: findEmbedding(wiring, stream.blocks.at(-1)!, refuse) };
}

/** Say what tells it from others: `12 blocks of width 768 on patches of 32 x 32`. */
export function describeDimensions({ nBlocks, width, patch }: Dimensions): string {
  return `${nBlocks} blocks of width ${width} on patches of ${patch.join(' x ')}`;
}

/** From the size of the image, where the file says it; otherwise the patches are taken to form a square. */
function findGrid(graph: OnnxGraph, image: string, { patch, nTokens }: Patches, refuse: Refuse) {
  const nPatches = nTokens - 1;
  const { shape = [] } = readDeclaredValue(graph.input.find(({ name }) => name === image)!);
  const side = Math.sqrt(nPatches);
  const sizes = shape[3] === 3 ? shape.slice(1, 3) : shape.slice(2);
  const [height = side, width = side] = sizes.map((size, axis) =>
    size === null ? side : Math.floor(size / patch[axis]),
  );
  if (height * width !== nPatches || !Number.isInteger(height))
    return refuse(`its ${nPatches} patches form neither a square nor the grid of a size that its input says`);
  return [height, width] as const;
}
