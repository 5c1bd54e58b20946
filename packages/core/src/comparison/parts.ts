// Plugins' parts that a configuration names, looked up and with their options checked.

import {
  invalidValue,
  unsupported,
  type Convention,
  type GeometryScorer,
  type NoiseCeiling,
  type PredictionScorer,
  type Readout,
} from '@striate/contracts';
import type { Configuration } from '../configuration/schema.js';
import type { Registry } from '../registry/index.js';

/** A part under the name that the configuration gives it (its id, where it gives none). */
export interface Chosen<Part> {
  readonly name: string;
  readonly part: Part;
  readonly options: unknown;
}

export interface ChosenReadout extends Chosen<Readout> {
  readonly locator: Configuration['readouts'][number]['locator'];
}

export interface Parts {
  readonly readouts: readonly ChosenReadout[];
  readonly predictionScorers: readonly Chosen<PredictionScorer>[];
  readonly geometryScorers: readonly Chosen<GeometryScorer>[];
  readonly ceiling: Chosen<NoiseCeiling> | undefined;
  readonly conventions: readonly Convention[];
}

/**
 * Look up every part that the configuration names.
 *
 * @throws {UsageError} `STRIATE_UNKNOWN_ID`, `STRIATE_INVALID_OPTION`, and `STRIATE_INVALID_VALUE` for two readouts or
 *   scorers of one name.
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` for parts that do not fit together.
 */
export async function chooseParts(configuration: Configuration, registry: Registry): Promise<Parts> {
  requireDistinct('readouts', configuration.readouts);
  requireDistinct('scorers', configuration.scorers);
  const choose = async <Part extends { parseOptions(raw: unknown): unknown }>(
    entry: Configuration['scorers'][number],
    get: (id: string) => Promise<Part>,
  ): Promise<Chosen<Part>> => {
    const part = await get(entry.id);
    return { name: entry.name ?? entry.id, part, options: part.parseOptions(entry.options) };
  };
  const readouts = await inOrder(configuration.readouts, async (entry) => ({
    ...(await choose(entry, (id) => registry.get('readouts', id))),
    locator: entry.locator,
  }));
  const scorers = await inOrder(configuration.scorers, (entry) =>
    choose(entry, (id) => registry.get('scorers', id)),
  );
  const { ceiling } = configuration;
  const parts: Parts = {
    readouts,
    predictionScorers: scorers.filter(
      (scorer) => scorer.part.kind === 'prediction',
    ) as Chosen<PredictionScorer>[],
    geometryScorers: scorers.filter((scorer) => scorer.part.kind === 'geometry') as Chosen<GeometryScorer>[],
    ceiling: ceiling === 'none' ? undefined : await choose(ceiling, (id) => registry.get('ceilings', id)),
    conventions: await inOrder(configuration.conventions, (id) => registry.get('conventions', id)),
  };
  requireFit(parts);
  return parts;
}

/** Scores are told apart by the names of what made them. */
function requireDistinct(key: string, entries: readonly { id: string; name?: string | undefined }[]): void {
  const names = entries.map(({ id, name }) => name ?? id);
  const again = names.findIndex((name, i) => names.indexOf(name) < i);
  if (again < 0) return;
  throw invalidValue({
    path: 'configuration',
    at: `${key}.${again}.name`,
    expected: 'a name that none before it has',
    actual: `"${names[again]}"`,
    hint: `Give it another: { id: ${entries[again].id}, name: ..., options: ... }.`,
  });
}

function requireFit({ readouts, predictionScorers, conventions, ceiling }: Parts): void {
  if (predictionScorers.length > 0 && readouts.length === 0) {
    throw unsupported({
      who: `Scorer "${predictionScorers[0].name}"`,
      what: 'score predictions: the configuration names no readout that makes any',
      hint: 'Add "readouts: [ridge]", or use scorers that need none (rsa).',
    });
  }
  const needy = conventions.find((convention) => convention.needsCeiling);
  if (needy && !ceiling && predictionScorers.length > 0) {
    throw unsupported({
      who: `Convention "${needy.id}"`,
      what: 'normalise scores without a noise ceiling',
      hint: 'Add "ceiling: nsd" (or another method), or use "conventions: [raw]".',
    });
  }
  readouts.forEach(requireLocator);
}

/** A second input where it is wanted, and nowhere else. */
function requireLocator({ name, part, locator }: ChosenReadout): void {
  const wantsDescriptor = part.wantsDescriptor ?? false;
  if (wantsDescriptor === (locator !== undefined)) return;
  throw unsupported({
    who: `Readout "${name}"`,
    what: wantsDescriptor
      ? 'do without a second input that describes the image'
      : 'take a second input; it has a locator',
    hint: wantsDescriptor
      ? 'Give it a locator: { backend, model, layer }; the paper takes layer4 of an ImageNet ResNet-50.'
      : 'Remove its "locator".',
  });
}

async function inOrder<From, To>(items: readonly From[], map: (item: From) => Promise<To>): Promise<To[]> {
  const results: To[] = [];
  for (const item of items) results.push(await map(item));
  return results;
}
