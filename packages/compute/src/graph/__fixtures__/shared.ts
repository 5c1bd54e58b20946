// Real networks, which are not part of the project.

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const shared = process.env.STRIATE_SHARED ?? resolve(process.cwd(), '../../../shared');

/** Folder of the networks. */
export const networks = join(shared, 'data/models-vision');

/** `describe` where they are, a visible skip where they are not. */
export function describeNetworks(title: string, tests: () => void): void {
  if (existsSync(networks)) describe(title, tests);
  else describe.skip(`${title} (skipped: no shared data, set STRIATE_SHARED)`, tests);
}
