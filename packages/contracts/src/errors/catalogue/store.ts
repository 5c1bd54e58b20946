// Errors of the artefact store and of output folders.

import { DataError, EnvironmentError } from '../striate-error.js';

/** A folder that has to be written to and cannot be. */
export function folderNotWritable(facts: {
  path: string;
  reason: string;
  cause?: unknown;
}): EnvironmentError {
  return new EnvironmentError(
    'STRIATE_FOLDER_NOT_WRITABLE',
    `The folder "${facts.path}" cannot be written: ${facts.reason}.`,
    {
      context: { path: facts.path, reason: facts.reason },
      hint: 'Choose another folder with --out or --store, or change its permissions.',
      cause: facts.cause,
    },
  );
}

/** An artefact is not what was written: truncated or altered. The store rebuilds it; only readers of it see this. */
export function artefactCorrupt(facts: { key: string; path: string; reason: string }): DataError {
  return new DataError(
    'STRIATE_ARTEFACT_CORRUPT',
    `Artefact ${facts.key} ("${facts.path}") is corrupt: ${facts.reason}.`,
    {
      context: facts,
      hint: 'It is rebuilt by the next run; check the disk if this happens again.',
    },
  );
}
