// Unions: layers of several models read as one, each a feature space of its own. Nothing is extracted or stored for a union;
// its rows are those of its layers, side by side.

import { invalidValue, unknownId, type LayerInfo, type ModelCard } from '@striate/contracts';
import type { Configuration } from '../configuration/schema.js';
import type { DescribedModel, DescribedSpace } from '../plan/description.js';
import { layerKey } from '../plan/keys.js';
import { hashOf } from '../store/index.js';
import { requireFrozen } from './cores.js';
import { findLayer } from './layers.js';
import type { OpenModel } from './models.js';

/** What stands where a model's backend stands. */
export const UNION = 'union';

export interface OpenSpace extends DescribedSpace {
  readonly model: OpenModel;
}

/** A union with its one layer. */
export interface OpenUnion extends DescribedModel {
  readonly spaces: readonly OpenSpace[];
  readonly core?: never;
}

/**
 * Find the layers that the unions of a configuration are made of.
 *
 * @param models Of the comparison, opened.
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` for a model with a core.
 * @throws {UsageError} `STRIATE_UNKNOWN_ID` and `STRIATE_UNKNOWN_LAYER` for a layer that the comparison does not have,
 *   `STRIATE_INVALID_VALUE` for a name that is taken.
 */
export function openUnions(entries: Configuration['unions'], models: readonly OpenModel[]): OpenUnion[] {
  const taken = models.map(({ name }) => name);
  return entries.map((entry, i) => {
    requireNewName(entry.name, taken, `unions.${i}.name`);
    taken.push(entry.name);
    const names: string[] = [];
    const spaces = entry.spaces.map((space, j) => {
      const name = space.name ?? `${space.model}/${space.layer}`;
      requireNewName(name, names, `unions.${i}.spaces.${j}.name`);
      names.push(name);
      return { name, ...findSpace(space, models) };
    });
    return { name: entry.name, spaces, ...describeSpaces(spaces) };
  });
}

function findSpace(
  { model: wanted, layer: name }: { model: string; layer: string },
  models: readonly OpenModel[],
): { model: OpenModel; layer: LayerInfo } {
  const model = models.find((each) => each.name === wanted);
  if (!model)
    throw unknownId({ seam: 'model of the comparison', id: wanted, known: models.map((each) => each.name) });
  requireFrozen(model, 'a feature space of a union');
  return { model, layer: findLayer(model, name, true) };
}

function describeSpaces(
  spaces: readonly OpenSpace[],
): Pick<DescribedModel, 'fingerprint' | 'rowKeys' | 'layers'> {
  const size = (layer: LayerInfo) => layer.shape.reduce((product, each) => product * each, 1);
  const shape = [spaces.reduce((sum, { layer }) => sum + size(layer), 0)];
  const layers = spaces.map(({ name, model, layer }) => ({ name, layer: layerKey(model, layer.name) }));
  const [{ model: first }] = spaces;
  return {
    fingerprint: hashOf({ union: 1, layers }),
    rowKeys: first.rowKeys.map((_, row) => hashOf(spaces.map(({ model }) => model.rowKeys[row]))),
    layers: [{ name: spaces.map(({ name }) => name).join(' + '), axes: ['feature'], shape, depth: 0 }],
  };
}

/** A union as people should know it. */
export function cardOf({ name, spaces }: OpenUnion): ModelCard {
  const parts = spaces.map(({ model, layer }) => `${model.name}/${layer.name}`);
  return { id: name, title: `Union of ${parts.join(', ')}`, family: 'other' };
}

function requireNewName(name: string, taken: readonly string[], at: string): void {
  if (!taken.includes(name)) return;
  throw invalidValue({
    ...{ path: 'configuration', at, expected: 'a name that is not taken yet', actual: JSON.stringify(name) },
    hint: 'Give each model and union, and each space of a union, a "name" of its own.',
  });
}
