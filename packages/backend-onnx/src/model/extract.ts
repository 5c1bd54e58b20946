// Features of stimuli: one session on the network cut behind the layers asked for, batch after batch.

import { encodeModel, openSession, tapLayers, type Session, type Tensor } from '@striate/compute';
import {
  StriateError,
  modelRunFailed,
  unknownLayer,
  type ExtractRequest,
  type FeatureBatch,
} from '@striate/contracts';
import { goingAssertion, prepareBatches } from './batches.js';
import { pixelShape } from './image-input.js';
import { isReadable, type TappableLayer } from './layers.js';
import { readNetwork } from './network-file.js';
import type { Network } from './network.js';
import { takeRows } from './tensors.js';

/**
 * Extract features in batches, in the order of the request. Memory: one session, two batches of pixels, one batch of
 * every layer asked for.
 *
 * @param assertUsable Throws if the model was disposed of; asked before each batch.
 * @throws {UsageError} `STRIATE_UNKNOWN_LAYER`.
 * @throws {DataError} `STRIATE_STIMULUS_LACKS`, `STRIATE_IMAGE_UNDECODABLE`, `STRIATE_MODEL_RUN_FAILED`.
 * @throws {CapabilityError} `STRIATE_ABORTED`, `STRIATE_USED_AFTER_DISPOSE`.
 */
export async function* extractFeatures(
  network: Network,
  { stimuli, layers: names, signal }: ExtractRequest,
  assertUsable: () => void,
): AsyncGenerator<FeatureBatch> {
  const assertGoing = goingAssertion(network.id, assertUsable, signal);
  assertGoing();
  const layers = findLayers(network, names);
  if (stimuli.length === 0 || layers.size === 0) return;
  const session = await openTapped(network, layers);
  try {
    for await (const { start, count, pixels } of prepareBatches(stimuli, network)) {
      assertGoing();
      const values = await runBatch(network, session, pixels);
      const rows = [...layers].map(([name, layer]) => {
        const value = values[layer.value];
        assertRows(network, name, value);
        return [name, takeRows(value, count, layer.isChannelsLast)] as const;
      });
      yield { start, count, layers: new Map(rows) };
      assertGoing();
    }
  } finally {
    await session.dispose();
  }
}

/**
 * The layers asked for, by the names asked by: a layer's own, or another that it goes by.
 *
 * @throws {UsageError} `STRIATE_UNKNOWN_LAYER`.
 */
export function findLayers(network: Network, names: readonly string[]): ReadonlyMap<string, TappableLayer> {
  const byName = new Map(
    network.layers.flatMap((layer) =>
      [layer.name, ...(layer.aliases ?? [])].map((name) => [name, layer] as const),
    ),
  );
  return new Map(
    names.map((name) => {
      const layer = byName.get(name);
      if (!layer) throw unknownLayer({ model: network.id, layer: name, known: [...byName.keys()] });
      return [name, layer];
    }),
  );
}

async function openTapped(network: Network, layers: ReadonlyMap<string, TappableLayer>): Promise<Session> {
  const model = await readNetwork(network);
  const values = new Set([...layers.values()].map((layer) => layer.value));
  return openSession(encodeModel(tapLayers(model, [...values], network.id)), network.session);
}

async function runBatch(
  { id, input, preprocessing, batchSize }: Network,
  session: Session,
  data: Float32Array,
) {
  try {
    return await session.run({
      [input]: { dtype: 'float32', shape: pixelShape(preprocessing, batchSize), data },
    });
  } catch (cause) {
    if (StriateError.isInstance(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw modelRunFailed({ model: id, reason, cause });
  }
}

function assertRows({ id, batchSize }: Network, layer: string, value: Tensor): void {
  if (isReadable(value, batchSize)) return;
  const shape = `[${value.shape.join(', ')}]`;
  const reason = `layer "${layer}" is ${value.dtype} ${shape} for ${batchSize} stimuli, not floats with a row for each`;
  throw modelRunFailed({ model: id, reason });
}
