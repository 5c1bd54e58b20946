// A plugin is one value that names what it offers. Loading its module does no work; a factory is called when its
// part is first asked for.

import type { Backend } from './backend.js';
import type { Dataset } from './dataset.js';
import type { Executor } from './executor.js';
import type { NoiseCeiling } from './noise-ceiling.js';
import type { Readout } from './readout.js';
import type { Convention, GeometryScorer, PredictionScorer } from './scorer.js';

/**
 * Checks options as a user wrote them and fills in defaults; `optionsParser` makes one.
 * @throws {UsageError} `STRIATE_INVALID_OPTION`, naming the option.
 */
export type Parse<Options> = (raw: unknown) => Options;

/** What a plugin is told of its surroundings when it opens something. */
export interface PluginContext {
  /** Folder that relative paths in options start from (the configuration's). */
  readonly baseFolder: string;
  readonly device: 'cpu' | 'webgpu' | 'cuda';
  /** Number of threads for heavy work; absent: the engine's own choice. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

/** The seams that a plugin may fill, by the name used in `package.json`, in the registry and on the command line. */
export interface Seams {
  backends: Backend;
  readouts: Readout;
  scorers: PredictionScorer | GeometryScorer;
  conventions: Convention;
  ceilings: NoiseCeiling;
  datasets: Dataset;
  executors: Executor;
}

export type SeamName = keyof Seams;

export const SEAM_NAMES = [
  'backends',
  'readouts',
  'scorers',
  'conventions',
  'ceilings',
  'datasets',
  'executors',
] as const satisfies readonly SeamName[];

/** For each seam, id → factory. */
export type Provides = { readonly [Name in SeamName]?: Readonly<Record<string, () => Seams[Name]>> };

export interface Plugin {
  readonly specVersion: 'v1';
  /** The package's name. */
  readonly id: string;
  readonly provides: Provides;
}

/** A module that holds one part, for a plugin whose package.json points at a module per part instead of listing ids. */
export interface PartModule<Name extends SeamName> {
  /** Called when the part is first asked for. Its `id` is the name of the module's folder. */
  readonly create: () => Seams[Name];
}

/**
 * Type a plugin's value; does nothing else.
 * @example
 * export const plugin = definePlugin({ specVersion: 'v1', id: 'my-net', provides: { backends: { 'my-net': createMyNet } } });
 */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin;
}
