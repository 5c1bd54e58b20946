// Real models and photographs, which are not part of the project: tests that use them are skipped where they are absent.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Stimulus } from '@striate/contracts';

const folder = process.env.STRIATE_SHARED ?? resolve(process.cwd(), '../../../shared');

/** Folder of real data, or `undefined`. */
export const sharedData = existsSync(join(folder, 'data/models-vision')) ? join(folder, 'data') : undefined;

/** `describe` where the data are, a visible skip where they are not. */
export function describeShared(title: string, tests: () => void): void {
  if (sharedData) describe(title, tests);
  else describe.skip(`${title} (skipped: no shared data, set STRIATE_SHARED)`, tests);
}

export function imageStimulus(path: string): Stimulus {
  const bytes = readFileSync(path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    id: basename(path),
    image: { location: path, sha256, readBytes: () => Promise.resolve(new Uint8Array(bytes)) },
  };
}
