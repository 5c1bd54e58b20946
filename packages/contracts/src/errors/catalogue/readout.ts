// Errors of readouts.

import { DataError, UsageError } from '../striate-error.js';

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

/** An option of a plugin is unknown, of the wrong type or out of range. */
export function invalidOption(facts: {
  who: string;
  option: string;
  expected: string;
  actual: string;
  hint?: string;
}): UsageError {
  return new UsageError(
    'STRIATE_INVALID_OPTION',
    `${facts.who}: option "${facts.option}" must be ${facts.expected}; it is ${facts.actual}.`,
    { context: facts, hint: facts.hint ?? `Run "striate describe ${facts.who}" to see the options.` },
  );
}
