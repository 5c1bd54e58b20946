// What commands that work on a configuration begin with.

import { dirname, resolve } from 'node:path';
import {
  openStore,
  readConfiguration,
  type ArtefactStore,
  type Configuration,
  type Registry,
} from '@striate/core';
import type { Io } from './io.js';
import { parseVariables } from './options/variables.js';
import { openRegistry, storeFolder } from './surroundings.js';

export interface Plan {
  readonly configuration: Configuration;
  /** Folder that relative paths of the configuration start from. */
  readonly baseFolder: string;
  readonly registry: Registry;
}

/** Read the configuration that a command names, and open the registry with the plugins that it names. */
export async function openPlan(
  args: { readonly config: string; readonly var?: readonly string[] | undefined },
  io: Io,
): Promise<Plan> {
  const path = resolve(io.cwd, args.config);
  const configuration = await readConfiguration(path, { ...io.env, ...parseVariables(args.var ?? []) });
  const baseFolder = dirname(path);
  return { configuration, baseFolder, registry: await openRegistry(io, configuration.plugins, baseFolder) };
}

/** Open the artefact store; artefacts that were damaged are told of, and made again. */
export function openStoreOf(args: { readonly store?: string | undefined }, io: Io): Promise<ArtefactStore> {
  return openStore(storeFolder(io, args.store), {
    onCorrupt: (what) => io.err(`An artefact was damaged and is made again: ${what}\n`),
  });
}
