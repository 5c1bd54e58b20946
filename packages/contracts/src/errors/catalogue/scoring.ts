// Errors of scores and noise ceilings.

import { DataError, UsageError } from '../striate-error.js';

/** A ceiling from repetitions, and too few of them. */
export function tooFewRepetitions(facts: {
  method: string;
  needed: number;
  given: number;
  where: string;
}): DataError {
  return new DataError(
    'STRIATE_TOO_FEW_REPETITIONS',
    `The noise ceiling "${facts.method}" needs ${facts.needed} repetitions; ${facts.where} has ${facts.given}.`,
    {
      context: facts,
      hint: 'Give single repetitions as [repetition, stimulus, voxel], or set "ceiling: none".',
    },
  );
}

/** A convention divides by a noise ceiling, and there is none. */
export function ceilingMissing(facts: { convention: string }): UsageError {
  return new UsageError(
    'STRIATE_CEILING_MISSING',
    `The convention "${facts.convention}" divides by a noise ceiling, and there is none.`,
    { context: facts, hint: 'Choose a ceiling, e.g. "ceiling: nsd", or the convention "raw".' },
  );
}

/** A folder of reference cases, or one case in it, is not laid out as it has to be. */
export function referenceMalformed(facts: { path: string; reason: string; cause?: unknown }): DataError {
  return new DataError(
    'STRIATE_REFERENCE_MALFORMED',
    `"${facts.path}" cannot be used as a reference case: ${facts.reason}.`,
    {
      context: { path: facts.path, reason: facts.reason },
      hint: 'A folder of cases has one folder per case, with case.json and one .npy file per array.',
      cause: facts.cause,
    },
  );
}
