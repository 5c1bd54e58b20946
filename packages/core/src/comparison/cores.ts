// Cores: what is trained together with a readout, between a model and the readout; and who can do with one.

import {
  unsupported,
  type LoadedModel,
  type PluginContext,
  type TrainableCore,
  type Warning,
} from '@striate/contracts';
import type { Configuration } from '../configuration/schema.js';
import type { ComparisonDescription, DescribedModel, DescribedReadout } from '../plan/description.js';
import { canRead } from '../plan/predictions.js';
import type { Registry } from '../registry/index.js';
import type { OpenModel } from './models.js';
import type { OpenUnion } from './unions.js';

/**
 * The core of a model: the one that its entry names, else the model's own, else none.
 *
 * @throws {UsageError} `STRIATE_UNKNOWN_ID`, and whatever is wrong with the options of the core.
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` for a model that has no core to give.
 */
export async function openCore(
  { core: named }: Configuration['models'][number],
  loaded: LoadedModel,
  { registry, context }: { readonly registry: Registry; readonly context: PluginContext },
): Promise<{ core?: TrainableCore }> {
  if (!named) return loaded.core ? { core: loaded.core } : {};
  const backend = await registry.get('backends', named.backend);
  const { core, dispose } = await backend.doLoad(named.model, backend.parseOptions(named.options), context);
  await dispose();
  if (core) return { core };
  throw unsupported({
    who: `Model "${named.model}" of the backend "${named.backend}"`,
    what: 'stand between another model and a readout: it has no core to train',
    hint: 'Name one that has: core: { backend: response-optimized, model: c8-captions }.',
  });
}

/** The core of a model as a part of other facts. */
export function coreOf(model: OpenModel | OpenUnion): { core?: TrainableCore } {
  return model.core ? { core: model.core } : {};
}

/** Readouts that can be trained together with a core, for hints. */
const HINT = 'Take a readout that is trained: factorized, gaussian2d, semantic-spatial-transformer.';

/**
 * Stop at a readout that cannot be trained together with a model's core.
 *
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED`.
 */
export function requireRead(
  readout: Pick<DescribedReadout, 'name' | 'trainsCores'>,
  model: Pick<DescribedModel, 'name' | 'core'>,
): void {
  if (canRead(readout, model)) return;
  throw unsupported({
    who: `Readout "${readout.name}"`,
    what: `train the core of the model "${model.name}"`,
    hint: HINT,
  });
}

/**
 * Stop at a model whose core no readout of the comparison can train.
 *
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED`.
 */
export function requireSomeRead({ models, readouts, scorers }: ComparisonDescription): void {
  const unread = models.find((model) => model.core && !readouts.some((readout) => canRead(readout, model)));
  if (!unread || scorers.every(({ kind }) => kind === 'geometry')) return;
  throw unsupported({
    who: `Model "${unread.name}"`,
    what: 'be read by any readout of this comparison: its core is trained together with the readout, which none of them can do',
    hint: HINT,
  });
}

/**
 * Stop at a model with a core where a frozen one is wanted.
 *
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED`.
 */
export function requireFrozen({ name, core }: OpenModel, role: string): void {
  if (!core) return;
  throw unsupported({
    who: `Model "${name}"`,
    what: `be ${role}: its features are made only together with a readout`,
    hint: 'Take a model that is trained already, or leave out its "core".',
  });
}

/** Combinations that a comparison leaves out. */
export function warnOfLeftOut({ models, readouts, scorers }: ComparisonDescription): Warning[] {
  const trained = models.filter(({ core }) => core);
  const pairs = trained.flatMap((model) => [
    ...readouts.filter((readout) => !canRead(readout, model)).map(({ name }) => `${name} on ${model.name}`),
    ...scorers.filter(({ kind }) => kind === 'geometry').map(({ name }) => `${name} of ${model.name}`),
  ]);
  if (pairs.length === 0) return [];
  const message = `Left out: ${pairs.join(', ')}. The core of such a model is trained together with a readout, and a readout in closed form or a score without a readout cannot do that.`;
  return [{ code: 'left-out', message, count: pairs.length }];
}
