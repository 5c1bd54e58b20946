// Errors of the artefact store and of output folders.

import { refusalOf, type Refusal } from '../refusal.js';
import { DataError, EnvironmentError } from '../striate-error.js';

/** A folder that has to be written to and cannot be. */
export function folderNotWritable(facts: { path: string; cause: unknown }): EnvironmentError {
  const { path, cause } = facts;
  const reason = refusalOf(cause)?.reason ?? String(cause);
  return new EnvironmentError(
    'STRIATE_FOLDER_NOT_WRITABLE',
    `The folder "${path}" cannot be written: ${reason}.`,
    {
      context: { path, reason },
      hint: 'Choose another folder with --out, --store or --onnx, or change its permissions.',
      cause,
    },
  );
}

/** The operating system refuses to read or write a file. */
export function fileRefused(facts: { refusal: Refusal; cause: unknown }): EnvironmentError {
  const { path, code, reason, hint } = facts.refusal;
  const what = path === undefined ? 'A file' : `"${path}"`;
  return new EnvironmentError('STRIATE_FILE_REFUSED', `${what} cannot be read or written: ${reason}.`, {
    context: { path, code },
    hint,
    cause: facts.cause,
  });
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
