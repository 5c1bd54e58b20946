// Layers of a model, by any name that the model knows them by.

import { unknownLayer, type LayerInfo } from '@striate/contracts';
import type { DescribedModel } from '../plan/description.js';

/**
 * Find a layer among those of a model, or among those of a model that a comparison reads.
 *
 * @throws {UsageError} `STRIATE_UNKNOWN_LAYER`.
 */
export function findLayer(
  { name: model, layers }: Pick<DescribedModel, 'name' | 'layers'>,
  wanted: string,
  isInComparison = false,
): LayerInfo {
  const namesOf = ({ name, aliases = [] }: LayerInfo) => [name, ...aliases];
  const found = layers.find((layer) => namesOf(layer).includes(wanted));
  if (found) return found;
  throw unknownLayer({ model, layer: wanted, known: layers.flatMap(namesOf), isInComparison });
}
