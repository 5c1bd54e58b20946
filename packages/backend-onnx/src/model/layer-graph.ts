// A network as a graph from an image file's pixels to one layer, for export.

import { fromModel, onnx, tapLayers, type Value } from '@striate/compute';
import { preprocessingGraph } from '../graph/preprocessing-graph.js';
import { findLayers } from './extract.js';
import { fixSizes } from './fixed-sizes.js';
import { blackBatch, findImageInput, pixelShape } from './image-input.js';
import { readNetwork } from './network-file.js';
import type { Network } from './network.js';

/**
 * The graph that gives the features of one image at a layer.
 *
 * @param image uint8 [height, width, 3], RGB, of any size.
 * @returns float32 [1, ...row], channels first, as extraction gives them.
 * @throws {UsageError} `STRIATE_UNKNOWN_LAYER`.
 * @throws {CapabilityError} `STRIATE_ONNX_NODE_UNREAD`, `STRIATE_ONNX_WEIGHT_UNREAD`, `STRIATE_UNSUPPORTED`.
 */
export async function layerGraph(network: Network, layerName: string, image: Value): Promise<Value> {
  const { id, input, preprocessing } = network;
  const layer = findLayers(network, [layerName]).get(layerName)!;
  const model = await readNetwork(network);
  const pixels = preprocessingGraph(image, preprocessing);
  const batchSize = findImageInput(model.graph, id).shape?.[0] ?? 1; // some files are written for one size only
  const batch = batchSize === 1 ? pixels : onnx.Expand(pixels, pixelShape(preprocessing, batchSize));
  const cut = await fixSizes(
    tapLayers(model, [layer.value], id),
    blackBatch(preprocessing, batchSize),
    network,
  );
  const { outputs } = fromModel(cut, { name: id, inputs: { [input]: batch }, outputs: [layer.value] });
  const all = outputs[layer.value];
  const first = batchSize === 1 ? all : onnx.Slice(all, { starts: [0], ends: [1], axes: [0] });
  const floats = first.dtype === 'float32' ? first : onnx.Cast(first, 'float32');
  return layer.isChannelsLast && floats.shape.length === 4 ? onnx.Transpose(floats, [0, 3, 1, 2]) : floats;
}
