// The registry: ids of plugins' parts, and the parts behind them. Listing loads nothing; asking for a part loads its
// plugin. Parts are held by a dependency-injection container, one token per seam and id, made once.

import 'reflect-metadata';
import { pathToFileURL } from 'node:url';
import {
  brokenPromise,
  duplicateId,
  pluginNotLoaded,
  unknownId,
  SEAM_NAMES,
  type PartModule,
  type Plugin,
  type SeamName,
  type Seams,
} from '@striate/contracts';
import { container, instanceCachingFactory, type DependencyContainer } from 'tsyringe';
import { findDependencies, findNamed, type FoundPlugin } from './discovery.js';
import type { FoundPart } from './parts.js';

export interface RegistryEntry {
  readonly id: string;
  /** Name of the package that offers it. */
  readonly plugin: string;
}

export interface Registry {
  /** Ids of a seam, sorted; no plugin is loaded. */
  list(seam: SeamName): readonly RegistryEntry[];
  /**
   * The part behind an id; its plugin is loaded when first needed.
   *
   * @throws {UsageError} `STRIATE_UNKNOWN_ID` with the nearest id; `STRIATE_DUPLICATE_ID` if two plugins offer it.
   * @throws {EnvironmentError} `STRIATE_PLUGIN_NOT_LOADED`.
   * @throws {PluginContractError} `STRIATE_BROKEN_PROMISE` if the plugin lacks what its package.json says, or the part
   *   calls itself otherwise.
   */
  get<Name extends SeamName>(seam: Name, id: string): Promise<Seams[Name]>;
}

export interface RegistryOptions {
  /** Folders of projects whose dependencies are looked at. */
  readonly searchFrom: readonly string[];
  /** Further plugins by name or path, resolved from {@link baseFolder}. */
  readonly plugins?: readonly string[];
  readonly baseFolder?: string;
  /** Plugins that are loaded already: of a script, or a test. */
  readonly loaded?: readonly Plugin[];
}

interface Offer extends RegistryEntry {
  readonly seam: SeamName;
  /** Loads the module that holds the part, and gives the part's factory; undefined if the module lacks it. */
  load(): Promise<Factory | undefined>;
}

type Factory = () => Seams[SeamName];

/**
 * Find the plugins of some projects.
 *
 * @throws {EnvironmentError} `STRIATE_PLUGIN_NOT_LOADED` for a plugin of {@link RegistryOptions.plugins} that is not there.
 */
export async function createRegistry(options: RegistryOptions): Promise<Registry> {
  const { searchFrom, plugins = [], baseFolder = process.cwd(), loaded = [] } = options;
  const found = new Map<string, FoundPlugin>();
  for (const folder of searchFrom) {
    for (const plugin of await findDependencies(folder))
      if (!found.has(plugin.name)) found.set(plugin.name, plugin);
  }
  for (const name of plugins) {
    const plugin = await findNamed(name, baseFolder);
    found.set(plugin.name, plugin);
  }
  return registryOf([...loaded.flatMap(offersOfLoaded), ...[...found.values()].flatMap(offersOfFound)]);
}

function registryOf(offers: readonly Offer[]): Registry {
  const parts = container.createChildContainer();
  const ofSeam = (seam: SeamName) => offers.filter((offer) => offer.seam === seam);
  return {
    list: (seam) =>
      ofSeam(seam)
        .map(({ id, plugin }) => ({ id, plugin }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    async get(seam, id) {
      const known = ofSeam(seam);
      const offering = known.filter((offer) => offer.id === id);
      const name = seam.replace(/s$/, '');
      if (offering.length === 0)
        throw unknownId({ seam: name, id, known: known.map((offer) => offer.id).sort() });
      if (offering.length > 1)
        throw duplicateId({ seam: name, id, plugins: offering.map((offer) => offer.plugin) });
      return resolvePart(parts, seam, offering[0]);
    },
  };
}

async function resolvePart<Name extends SeamName>(
  parts: DependencyContainer,
  seam: Name,
  offer: Offer,
): Promise<Seams[Name]> {
  const token = `${seam}:${offer.id}`;
  if (!parts.isRegistered(token)) {
    const factory = await offer.load();
    if (!factory) throw untrue(offer, 'the module that was loaded does not hold it.');
    parts.register(token, { useFactory: instanceCachingFactory(() => factory()) });
  }
  const part = parts.resolve<Seams[Name]>(token);
  if (part.id === offer.id) return part;
  throw untrue(offer, `the part made for it calls itself "${part.id}".`);
}

function untrue({ plugin, seam, id }: Offer, what: string): Error {
  const detail = `its package.json offers "${id}" under "${seam}", but ${what}`;
  return brokenPromise({ plugin, law: 'plugin/provides-what-it-says', detail });
}

function offersOfLoaded(plugin: Plugin): Offer[] {
  return SEAM_NAMES.flatMap((seam) =>
    Object.entries(plugin.provides[seam] ?? {}).map(([id, factory]) => ({
      ...{ seam, id, plugin: plugin.id },
      load: () => Promise.resolve(factory),
    })),
  );
}

function offersOfFound({ name, parts }: FoundPlugin): Offer[] {
  return parts.map((part) => ({
    ...{ seam: part.seam, id: part.id, plugin: name },
    load: () => loadFactory(name, part),
  }));
}

async function loadFactory(
  name: string,
  { seam, id, module, exports }: FoundPart,
): Promise<Factory | undefined> {
  const loaded = await loadModule(name, module);
  if (exports === 'create') return loaded.create;
  if (loaded.plugin?.specVersion === 'v1') return loaded.plugin.provides[seam]?.[id];
  throw pluginNotLoaded({ name, reason: `"${module}" exports no "plugin" of specVersion v1.` });
}

/** Node itself holds a module that was loaded. */
async function loadModule(
  name: string,
  path: string,
): Promise<{ plugin?: Plugin } & Partial<PartModule<SeamName>>> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (cause) {
    const reason = `"${path}" failed: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw pluginNotLoaded({ name, reason, cause });
  }
}
