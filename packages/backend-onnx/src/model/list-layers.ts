import { measureValues } from '@striate/compute';
import { StriateError, modelRunFailed, type LayerInfo } from '@striate/contracts';
import { blackBatch } from './image-input.js';
import { describeLayers } from './layers.js';
import { readNetwork } from './network-file.js';
import type { Network } from './network.js';

/**
 * List the layers that can be read, with their shapes, by showing the network black images.
 *
 * @throws {DataError} `STRIATE_MODEL_RUN_FAILED`, `STRIATE_MODEL_NOT_FOUND`, `STRIATE_ONNX_MALFORMED`.
 */
export async function listLayers(network: Network): Promise<readonly LayerInfo[]> {
  const { id, input, preprocessing, layers, session } = network;
  // Two, where it may be two: then a value with one row for all stimuli shows itself.
  const batchSize = network.declaredBatchSize ?? 2;
  const black = blackBatch(preprocessing, batchSize);
  const model = await readNetwork(network);
  const values = layers.map((layer) => layer.value);
  try {
    const measured = await measureValues(model, values, { [input]: black }, session);
    return describeLayers(layers, measured, batchSize);
  } catch (cause) {
    if (StriateError.isInstance(cause)) throw cause;
    throw modelRunFailed({ model: id, reason: String(cause), cause });
  }
}
