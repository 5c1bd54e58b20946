// Errors of run records and reports.

import { DataError } from '../striate-error.js';

/** A file that should be a run record is none, or of another version. */
export function recordInvalid(facts: { path: string; reason: string }): DataError {
  return new DataError(
    'STRIATE_RECORD_INVALID',
    `"${facts.path}" is not a run record that can be read: ${facts.reason}.`,
    {
      context: facts,
      hint: 'Give the record.json of a run made with this version of striate.',
    },
  );
}

/** A `run.json` that is not what a run writes. */
export function runFactsInvalid(facts: { path: string; reason: string }): DataError {
  return new DataError(
    'STRIATE_RUN_FACTS_INVALID',
    `"${facts.path}" does not hold the facts of a run: ${facts.reason}.`,
    {
      context: facts,
      hint: 'Remove it: the report is made without times then. A second run of the comparison writes it anew.',
    },
  );
}
