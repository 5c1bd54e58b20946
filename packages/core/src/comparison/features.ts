// Features of a model through the artefact store: what is there is read, what is missing is extracted in one pass.

import {
  brokenPromise,
  selectRows,
  uniteRows,
  type FeatureBand,
  type FeatureRows,
  type LayerInfo,
} from '@striate/contracts';
import { layerKey } from '../plan/keys.js';
import type { ArtefactStore, FeatureTable } from '../store/index.js';
import type { OpenModel } from './models.js';
import type { OpenComparison } from './open.js';
import type { OpenUnion } from './unions.js';

export interface FeatureStore {
  /** Is every row of every layer of the model there? */
  isComplete(model: OpenModel): Promise<boolean>;
  /** Extract the rows that are missing; each batch is kept as soon as it is done. */
  extractMissing(
    model: OpenModel,
    onProgress: (fraction: number) => void,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Rows of a layer for some stimuli, by position, in this order. */
  rows(model: OpenModel | OpenUnion, layer: string, positions: readonly number[]): Promise<FeatureRows>;
  close(): Promise<void>;
}

export function createFeatureStore(comparison: OpenComparison, store: ArtefactStore): FeatureStore {
  const tables = new Map<string, Promise<FeatureTable>>();
  const wholes = new Map<string, FeatureRows>();
  const tableOf = (model: OpenModel, layer: LayerInfo): Promise<FeatureTable> => {
    const key = layerKey(model, layer.name);
    let table = tables.get(key);
    if (!table) {
      table = store.features(key, { rowAxes: layer.axes, rowShape: layer.shape });
      tables.set(key, table);
    }
    return table;
  };
  /** All stimuli of the comparison at a layer: one object per layer, so that folds can share work on it. */
  const wholeOf = async (model: OpenModel | OpenUnion, layer: LayerInfo): Promise<FeatureRows> => {
    const key = layerKey(model, layer.name);
    let whole = wholes.get(key);
    if (!whole) {
      whole = 'loaded' in model ? await storedRows(model, layer) : await unitedRows(model);
      wholes.set(key, whole);
    }
    return whole;
  };
  const storedRows = async (model: OpenModel, layer: LayerInfo) => {
    const ids = comparison.stimuli.map((stimulus) => stimulus.id);
    return (await tableOf(model, layer)).rows(ids, model.rowKeys);
  };
  const unitedRows = async ({ spaces }: OpenUnion) => {
    const bands: FeatureBand[] = [];
    for (const { name, model, layer } of spaces) bands.push({ name, rows: await wholeOf(model, layer) });
    return uniteRows(bands);
  };
  const incomplete = async (model: OpenModel) => {
    const missing = new Map<LayerInfo, number[]>();
    for (const layer of model.layers) {
      const positions = (await tableOf(model, layer)).missing(model.rowKeys);
      if (positions.length > 0) missing.set(layer, positions);
    }
    return missing;
  };
  return {
    async isComplete(model) {
      return (await incomplete(model)).size === 0;
    },
    async extractMissing(model, onProgress, signal) {
      const missing = await incomplete(model);
      const positions = firstOfEachKey([...missing.values()].flat(), model.rowKeys);
      const layers = [...missing.keys()];
      if (positions.length === 0) return;
      const request = {
        stimuli: positions.map((position) => comparison.stimuli[position]),
        layers: layers.map((layer) => layer.name),
        ...(signal ? { signal } : {}),
      };
      for await (const batch of model.loaded.doExtract(request)) {
        const batchPositions = positions.slice(batch.start, batch.start + batch.count);
        for (const layer of layers) {
          const values = requireValues(model, layer, batch.layers.get(layer.name), batch.count);
          await (
            await tableOf(model, layer)
          ).append(
            batchPositions.map((position) => model.rowKeys[position]),
            values,
          );
        }
        onProgress((batch.start + batch.count) / positions.length);
      }
    },
    async rows(model, layer, positions) {
      const info = model.layers.find((candidate) => candidate.name === layer)!;
      return selectRows(await wholeOf(model, info), positions);
    },
    async close() {
      for (const table of tables.values()) await (await table).close();
    },
  };
}

/** Ascending, and only one of stimuli whose bytes are the same. */
function firstOfEachKey(positions: readonly number[], rowKeys: readonly string[]): number[] {
  const byKey = new Map<string, number>();
  for (const position of [...positions].sort((a, b) => a - b)) {
    if (!byKey.has(rowKeys[position])) byKey.set(rowKeys[position], position);
  }
  return [...byKey.values()];
}

function requireValues(
  model: OpenModel,
  layer: LayerInfo,
  values: Float32Array | undefined,
  count: number,
): Float32Array {
  const expected = layer.shape.reduce((product, size) => product * size, count);
  if (values?.length === expected) return values;
  const detail = `layer "${layer.name}" of "${model.name}" gave ${values?.length ?? 'no'} values for ${count} stimuli; its shape asks for ${expected}.`;
  throw brokenPromise({ plugin: model.backend, law: 'backend/declared-shape', detail });
}
