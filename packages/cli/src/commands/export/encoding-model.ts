// An encoding model as one graph: an image file's pixels in, responses of all voxels out.

import { constant, input, onnx, toModel, type OnnxModel, type Value } from '@striate/compute';
import { unsupported, type LayerInfo } from '@striate/contracts';
import type { OpenModel, WholeFit } from '@striate/core';

/** Input and output of an exported model. */
export const IMAGE = 'image';
export const PREDICTIONS = 'predictions';

/**
 * Join preprocessing, backbone and readout.
 *
 * @param metadata Goes into the file.
 * @returns A model with input `image`, uint8 [height, width, 3], RGB, of any size, and output `predictions`, float32
 *   [1, voxel], in the unit of the responses.
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` for a backend or a readout that has no graph.
 */
export async function encodingModel(whole: WholeFit, metadata: Record<string, string>): Promise<OnnxModel> {
  const image = input(IMAGE, ['height', 'width', 3], 'uint8');
  const features = await featuresOf(whole.model, whole.layer, image);
  const { locator } = whole;
  const descriptor = locator && (await featuresOf(locator, locator.layers[0], image));
  const parts: Value[] = [];
  for (const { fitted } of whole.groups) {
    if (!fitted.toGraph) throw cannotExport(`The readout "${whole.readout.name}"`);
    parts.push((await fitted.toGraph({ features, ...(descriptor ? { descriptor } : {}) })) as Value);
  }
  const order = whole.groups.flatMap(({ voxels }) => voxels);
  return toModel({ [PREDICTIONS]: inOrder(parts, order) }, { inputs: [image], metadata });
}

async function featuresOf({ name, loaded }: OpenModel, layer: LayerInfo, image: Value): Promise<Value> {
  if (!loaded.toGraph) throw cannotExport(`The model "${name}"`);
  const features = (await loaded.toGraph(layer.name, image)) as Value;
  return onnx.Reshape(features, [1, ...layer.shape]);
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
