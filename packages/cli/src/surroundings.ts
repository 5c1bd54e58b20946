// The composition root: where plugins are looked for, where artefacts are kept.

import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { createRegistry, type Registry } from '@striate/core';
import type { Io } from './io.js';

/** Folder of this package: its dependencies are the plugins that come with striate. */
export function ownFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('@striate/cli/package.json'));
}

/**
 * The registry of a command: plugins that come with striate, that are installed in the project of the current folder,
 * and that a configuration names.
 */
export function openRegistry(
  io: Io,
  plugins: readonly string[] = [],
  baseFolder = io.cwd,
): Promise<Registry> {
  return Promise.resolve(
    createRegistry({ searchFrom: [ownFolder(), baseFolder, io.cwd], plugins, baseFolder }),
  );
}

/** Where artefacts are kept: `--store`, `STRIATE_STORE`, or `.striate/store` in the current folder. */
export function storeFolder(io: Io, option: string | undefined): string {
  return resolve(io.cwd, option ?? io.env['STRIATE_STORE'] ?? '.striate/store');
}
