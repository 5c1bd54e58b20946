// Models that a configuration names, opened; and their layers, asked for once per model and then kept in the store.

import { basename, extname } from 'node:path';
import {
  invalidValue,
  stimulusLacks,
  type LayerInfo,
  type LoadedModel,
  type PluginContext,
  type Stimulus,
  type StimulusInput,
  type TrainableCore,
} from '@striate/contracts';
import type { Configuration } from '../configuration/schema.js';
import { layersKey } from '../plan/keys.js';
import type { DescribedModel } from '../plan/description.js';
import { openCore } from './cores.js';
import { findLayer } from './layers.js';
import type { Registry } from '../registry/index.js';
import { hashOf, type ArtefactStore } from '../store/index.js';

export interface OpenModel extends DescribedModel {
  readonly backend: string;
  readonly loaded: LoadedModel;
  readonly core?: TrainableCore;
}

/**
 * Open the models of a comparison and choose their layers. Nothing is computed that the store knows already.
 *
 * @throws {UsageError} `STRIATE_UNKNOWN_ID`, `STRIATE_UNKNOWN_LAYER`, and `STRIATE_INVALID_VALUE` for two models of
 *   one name.
 * @throws {DataError} `STRIATE_STIMULUS_LACKS`, and whatever the backend finds wrong with the model.
 */
export async function openModels(
  entries: Configuration['models'],
  stimuli: readonly Stimulus[],
  surroundings: { registry: Registry; store: ArtefactStore; context: PluginContext; opened: OpenModel[] },
): Promise<void> {
  const { registry, store, context, opened } = surroundings;
  for (const entry of entries) {
    const name = entry.name ?? defaultName(entry.model);
    requireNewName(name, opened);
    const backend = await registry.get('backends', entry.backend);
    const loaded = await backend.doLoad(entry.model, backend.parseOptions(entry.options), context);
    const model = { name, backend: entry.backend, loaded, fingerprint: loaded.fingerprint };
    // Known before its layers are asked for, so that it is disposed of whatever happens.
    const place = opened.push({ ...model, layers: [], rowKeys: [] }) - 1;
    const rowKeys = listRowKeys(stimuli, loaded);
    await loaded.checkStimuli?.(stimuli);
    const known = await knownLayers(entry.backend, loaded, store);
    const find = (layer: string) => findLayer({ name, layers: known }, layer);
    const layers = entry.layers === 'all' ? known : [...new Set(entry.layers.map(find))];
    const core = await openCore(entry, loaded, { registry, context });
    opened[place] = { ...model, layers, rowKeys, ...core };
  }
}

async function knownLayers(
  backend: string,
  loaded: LoadedModel,
  store: ArtefactStore,
): Promise<readonly LayerInfo[]> {
  const key = layersKey(backend, loaded.fingerprint);
  if (await store.has(key)) {
    const { values } = await store.get(key);
    return (values as { layers: LayerInfo[] }).layers;
  }
  const layers = await loaded.listLayers();
  await store.put(key, { values: { layers }, arrays: {} });
  return layers;
}

/** What messages call it. */
const INPUTS = { image: 'image', captions: 'caption', 'caption-grid': 'grid of captions', id: 'id' } as const;

/** @throws {DataError} `STRIATE_STIMULUS_LACKS`, for the first that lacks what the model reads. */
function listRowKeys(stimuli: readonly Stimulus[], { needs, card }: LoadedModel): readonly string[] {
  const keys = stimuli.map((stimulus) => rowKey(stimulus, needs));
  const [first, ...others] = stimuli.filter((_, i) => keys[i] === undefined);
  if (!first) return keys as readonly string[];
  const facts = { stimulus: first.id, what: INPUTS[needs], model: card.id };
  throw stimulusLacks({ ...facts, nOthers: others.length });
}

/** What of a stimulus determines a model's features: a changed caption leaves image features alone. */
function rowKey(
  { id, image, captions, captionGrid: grid }: Stimulus,
  needs: StimulusInput,
): string | undefined {
  switch (needs) {
    case 'image':
      return image?.sha256;
    case 'captions':
      return captions?.length ? hashOf([...captions]) : undefined;
    case 'caption-grid':
      return grid && hashOf({ ...grid, cells: [...grid.cells] });
    case 'id':
      return hashOf(id);
  }
}

function defaultName(model: string): string {
  return basename(model, extname(model));
}

function requireNewName(name: string, opened: readonly OpenModel[]): void {
  if (!opened.some((model) => model.name === name)) return;
  throw invalidValue({
    path: 'configuration',
    at: `models.${opened.length}.name`,
    expected: 'a name that no other model has',
    actual: JSON.stringify(name),
    hint: 'Give each model a "name" of its own.',
  });
}
