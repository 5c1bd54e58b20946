// The parts that a package.json says its package holds: ids, whose parts are in the value `plugin` of its main module, or a
// pattern of paths with a module per part, so that a further part is a further folder.

import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pluginNotLoaded, type SeamName } from '@striate/contracts';

// For each seam ids, or a pattern like `./dist/*/readout.js`, whose star stands for a folder.
/** What stands under `provides` in package.json. */
export type ProvidesField = Readonly<Partial<Record<SeamName, readonly string[] | string>>>;

export interface FoundPart {
  readonly seam: SeamName;
  readonly id: string;
  /** Path of the module to load. */
  readonly module: string;
  /** What that module exports: `plugin`, the value with all parts, or `create`, the factory of this one. */
  readonly exports: 'plugin' | 'create';
}

interface Package {
  readonly name: string;
  readonly folder: string;
  /** Path of its main module, from its folder. */
  readonly main: string;
}

/**
 * List the parts of one seam.
 *
 * @throws {EnvironmentError} `STRIATE_PLUGIN_NOT_LOADED` for a pattern that is none, or that no module fits.
 */
export async function listParts(
  seam: SeamName,
  offered: readonly string[] | string,
  { name, folder, main }: Package,
): Promise<FoundPart[]> {
  if (typeof offered !== 'string')
    return offered.map((id) => ({ seam, id, module: resolve(folder, main), exports: 'plugin' }));
  const refuse = (what: string) =>
    pluginNotLoaded({ name, reason: `its package.json gives "${offered}" for its ${seam}, and ${what}.` });
  const ids = await foldersWith(offered, folder);
  if (ids === undefined) throw refuse('no folder of that path is a star, as in "./dist/*/index.js"');
  if (ids.length === 0) throw refuse('there is no such file; is the package built?');
  return ids.map((id) => ({
    seam,
    id,
    module: resolve(folder, offered.replace('*', id)),
    exports: 'create',
  }));
}

/** Names of the folders that stand for the star of a pattern, sorted; undefined if no folder of its path is a star. */
async function foldersWith(pattern: string, folder: string): Promise<string[] | undefined> {
  const [parent, file] = [dirname(dirname(pattern)), basename(pattern)];
  if (basename(dirname(pattern)) !== '*' || `${parent}${file}`.includes('*')) return undefined;
  const names = await readdir(resolve(folder, parent)).catch(() => []);
  const find = (name: string) => stat(join(folder, parent, name, file)).catch(() => undefined);
  const found = await Promise.all(names.map(find));
  return names.filter((_, i) => found[i]).sort();
}
