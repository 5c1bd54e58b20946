// Which plugins there are: packages that a project depends on and whose package.json has a `striate` field. Nothing
// of a plugin is loaded to find it.

import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pluginNotLoaded, SEAM_NAMES } from '@striate/contracts';
import { listParts, type FoundPart, type ProvidesField } from './parts.js';

/** A plugin as its package.json describes it. */
export interface FoundPlugin {
  /** The package's name. */
  readonly name: string;
  readonly parts: readonly FoundPart[];
}

interface PackageJson {
  readonly name?: string;
  readonly main?: string;
  readonly exports?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly striate?: {
    readonly specVersion?: string;
    readonly provides?: ProvidesField;
    readonly plugin?: string;
  };
}

/** Plugins among the dependencies of the project in a folder; none if it has no package.json. */
export async function findDependencies(folder: string): Promise<FoundPlugin[]> {
  const manifest = await readManifest(folder);
  if (!manifest) return [];
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const found: FoundPlugin[] = [];
  for (const name of names) {
    const at = await findPackage(name, folder);
    const plugin = at === undefined ? undefined : await readPlugin(at);
    if (plugin) found.push(plugin);
  }
  return found;
}

/**
 * A plugin that a user names: an installed package, or the path of a package's folder.
 *
 * @throws {EnvironmentError} `STRIATE_PLUGIN_NOT_LOADED`.
 */
export async function findNamed(name: string, folder: string): Promise<FoundPlugin> {
  const isPath = name.startsWith('.') || isAbsolute(name);
  const at = isPath ? resolve(folder, name) : await findPackage(name, folder);
  if (at === undefined)
    throw pluginNotLoaded({ name, reason: `no such package is installed at or above "${folder}".` });
  const plugin = await readPlugin(at);
  if (plugin) return plugin;
  throw pluginNotLoaded({
    name,
    reason: `"${join(at, 'package.json')}" is missing or has no "striate" field.`,
  });
}

/** Node's own way: `node_modules/<name>` here or in a folder above. */
async function findPackage(name: string, from: string): Promise<string | undefined> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (await stat(join(candidate, 'package.json')).catch(() => undefined)) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}

async function readPlugin(folder: string): Promise<FoundPlugin | undefined> {
  const manifest = await readManifest(folder);
  const { striate } = manifest ?? {};
  if (!manifest?.name || !striate) return undefined;
  const main = striate.plugin ?? mainOf(manifest);
  const parts: FoundPart[] = [];
  for (const seam of SEAM_NAMES) {
    const offered = striate.provides?.[seam];
    if (offered !== undefined)
      parts.push(...(await listParts(seam, offered, { name: manifest.name, folder, main })));
  }
  return { name: manifest.name, parts };
}

function mainOf(manifest: PackageJson): string {
  const root = (manifest.exports as Record<string, unknown> | undefined)?.['.'] ?? manifest.exports;
  if (typeof root === 'string') return root;
  const conditions = root as Record<string, unknown> | undefined;
  const target = conditions?.['import'] ?? conditions?.['default'];
  return typeof target === 'string' ? target : (manifest.main ?? 'index.js');
}

async function readManifest(folder: string): Promise<PackageJson | undefined> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as PackageJson);
}
