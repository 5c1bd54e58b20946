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
  type Plugin,
  type SeamName,
  type Seams,
} from '@striate/contracts';
import { container, instanceCachingFactory, type DependencyContainer } from 'tsyringe';
import { findDependencies, findNamed, type FoundPlugin } from './discovery.js';

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
   * @throws {PluginContractError} `STRIATE_BROKEN_PROMISE` if the plugin lacks what its package.json says.
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
  load(): Promise<Plugin>;
}

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

type SeamOffer = Offer & { readonly seam: SeamName };

function registryOf(offers: readonly SeamOffer[]): Registry {
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
    const plugin = await offer.load();
    const factory = plugin.provides[seam]?.[offer.id];
    if (!factory) {
      const detail = `its package.json names "${offer.id}" under "${seam}", its plugin value does not.`;
      throw brokenPromise({ plugin: offer.plugin, law: 'plugin/provides-what-it-says', detail });
    }
    parts.register(token, { useFactory: instanceCachingFactory(() => factory()) });
  }
  return parts.resolve<Seams[Name]>(token);
}

function offersOfLoaded(plugin: Plugin): SeamOffer[] {
  return SEAM_NAMES.flatMap((seam) =>
    Object.keys(plugin.provides[seam] ?? {}).map((id) => ({
      ...{ seam, id, plugin: plugin.id },
      load: () => Promise.resolve(plugin),
    })),
  );
}

function offersOfFound(found: FoundPlugin): SeamOffer[] {
  let loading: Promise<Plugin> | undefined;
  const load = () => (loading ??= loadPlugin(found));
  return SEAM_NAMES.flatMap((seam) =>
    (found.provides[seam] ?? []).map((id) => ({ seam, id, plugin: found.name, load })),
  );
}

async function loadPlugin({ name, entry }: FoundPlugin): Promise<Plugin> {
  let module: { plugin?: Plugin };
  try {
    module = (await import(pathToFileURL(entry).href)) as { plugin?: Plugin };
  } catch (cause) {
    const reason = `"${entry}" failed: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw pluginNotLoaded({ name, reason, cause });
  }
  if (module.plugin?.specVersion === 'v1') return module.plugin;
  throw pluginNotLoaded({ name, reason: `"${entry}" exports no "plugin" of specVersion v1.` });
}
