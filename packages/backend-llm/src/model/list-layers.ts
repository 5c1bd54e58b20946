import { readNetwork } from '@striate/backend-onnx';
import { measureValues } from '@striate/compute';
import type { LayerInfo } from '@striate/contracts';
import type { Reading } from '../reading/reading.js';
import { explainFailure } from '../text/embedder.js';
import { isReadable } from '../text/vectors.js';
import type { LanguageModel } from './language-model.js';
import { feedTexts } from './text-inputs.js';

/**
 * List the layers that can be read, with their shapes, by showing the network texts of three tokens.
 *
 * @throws {DataError} `STRIATE_MODEL_RUN_FAILED`, `STRIATE_MODEL_NOT_FOUND`, `STRIATE_ONNX_MALFORMED`.
 */
export async function listLayers(
  { id, path, inputs, batchSize, layers, session }: LanguageModel,
  { axes, shapeOf }: Reading,
): Promise<readonly LayerInfo[]> {
  const network = await readNetwork({ path, backend: 'llm' });
  const texts = Array.from({ length: batchSize }, () => [0, 0, 0]);
  const values = [...new Set(layers.map(({ value }) => value))];
  const measured = await explainFailure(id, () =>
    measureValues(network, values, feedTexts(inputs, texts), session),
  );
  const byName = new Map(measured.map((value) => [value.name, value]));
  return layers
    .filter((layer) => isReadable(layer, byName.get(layer.value)!, batchSize))
    .map(({ name, aliases, value }, depth) => ({
      name,
      ...(aliases ? { aliases } : {}),
      ...{ axes, shape: shapeOf(byName.get(value)!.shape.at(-1)!), depth },
    }));
}
