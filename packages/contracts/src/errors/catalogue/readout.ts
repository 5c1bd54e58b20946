// Errors of readouts.

import { DataError } from '../striate-error.js';

/** Too few stimuli for what a readout has to estimate. */
export function tooFewStimuli(facts: {
  readout: string;
  needed: number;
  given: number;
  why: string;
}): DataError {
  return new DataError(
    'STRIATE_TOO_FEW_STIMULI',
    `Readout "${facts.readout}" needs at least ${facts.needed} training stimuli (${facts.why}); it was given ${facts.given}.`,
    { context: facts, hint: 'Use fewer folds, or more stimuli.' },
  );
}
