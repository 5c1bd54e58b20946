// An encoding model as one graph: an image file's pixels in, responses of all voxels out.

import { constant, input, onnx, toModel, type OnnxModel, type Value } from '@striate/compute';
import { unsupported, type LayerInfo } from '@striate/contracts';
import type { Cell, OpenModel, WholeFit } from '@striate/core';

/** Input and output of an exported model. */
export const IMAGE = 'image';
export const PREDICTIONS = 'predictions';

export interface FeatureGraph {
  /** uint8 [height, width, 3]. */
  readonly image: Value;
  /** float32 [1, ...shape of the layer]. */
  readonly features: Value;
  /** The same of the locator, where there is one. */
  readonly descriptor?: Value;
}

/**
 * Join preprocessing and backbone, cut at its layer; of a union all layers, side by side.
 *
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` for a backend that has no graph, and whatever a network has that a graph
 *   cannot be made of.
 */
export async function featureGraph({ model, layer, locator }: Cell): Promise<FeatureGraph> {
  const image = input(IMAGE, ['height', 'width', 3], 'uint8');
  const features =
    'loaded' in model ? await layerOf(model, layer, image) : await unionOf(model.spaces, image);
  if (!locator) return { image, features };
  return { image, features, descriptor: await layerOf(locator, locator.layers[0], image) };
}

async function layerOf({ name, loaded }: OpenModel, layer: LayerInfo, image: Value): Promise<Value> {
  if (!loaded.toGraph) throw cannotExport(`The model "${name}"`);
  const features = (await loaded.toGraph(layer.name, image)) as Value;
  return onnx.Reshape(features, [1, ...layer.shape]);
}

/** Rows one after the other, as `uniteRows` has them. */
async function unionOf(
  spaces: readonly { readonly model: OpenModel; readonly layer: LayerInfo }[],
  image: Value,
): Promise<Value> {
  const parts: Value[] = [];
  for (const { model, layer } of spaces)
    parts.push(onnx.Reshape(await layerOf(model, layer, image), [1, -1]));
  return onnx.Concat(parts, 1);
}

/**
 * Put the fitted readout behind the features.
 *
 * @param about Goes into the file.
 * @returns A model with input `image`, uint8 [height, width, 3], RGB, of any size, and output `predictions`, float32
 *   [1, voxel], in the unit of the responses.
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` for a readout that has no graph.
 */
export async function encodingModel(
  { image, ...inputs }: FeatureGraph,
  { groups, readout }: WholeFit,
  about: { readonly description: string; readonly metadata: Readonly<Record<string, string>> },
): Promise<OnnxModel> {
  const parts: Value[] = [];
  for (const { fitted } of groups) {
    if (!fitted.toGraph) throw cannotExport(`The readout "${readout.name}"`);
    parts.push((await fitted.toGraph(inputs)) as Value);
  }
  const order = groups.flatMap(({ voxels }) => voxels);
  return toModel({ [PREDICTIONS]: inOrder(parts, order) }, { inputs: [image], ...about });
}

function cannotExport(who: string) {
  return unsupported({
    who,
    what: 'be written into an ONNX file',
    hint: 'Export a model whose network is an ONNX file, with a readout that "striate list readouts" shows.',
  });
}

/** Groups of voxels side by side, then each voxel at its own place. */
function inOrder(parts: readonly Value[], voxels: readonly number[]): Value {
  const joined = parts.length === 1 ? parts[0] : onnx.Concat(parts, 1);
  if (voxels.every((voxel, i) => voxel === i)) return joined;
  const places = new BigInt64Array(voxels.length);
  voxels.forEach((voxel, i) => (places[voxel] = BigInt(i)));
  return onnx.Gather(joined, constant('int64', [voxels.length], places), 1);
}
