// Learning rates over time: pure functions of the step, so that a resumed run goes on with the same rates.

import { invalidTrainingOption } from '@striate/contracts';

/** @param step From 1. @returns The learning rate of this step. */
export type Schedule = (step: number) => number;

/** The same rate always. */
export const constantRate =
  (rate: number): Schedule =>
  () =>
    rate;

/**
 * Multiply by `factor` after every `every` steps.
 *
 * @throws {UsageError} `STRIATE_INVALID_TRAINING_OPTION` if `every` is not a positive integer.
 */
export function stepRate(rate: number, { every, factor }: { every: number; factor: number }): Schedule {
  requirePositive('every', every);
  return (step) => rate * factor ** Math.floor((step - 1) / every);
}

/**
 * Half a cosine from the rate to `final` over `steps`, after a linear rise over `warmUp` steps; `final` from then on.
 *
 * @throws {UsageError} `STRIATE_INVALID_TRAINING_OPTION` if `steps` is not a positive integer.
 * @source Loshchilov & Hutter 2017, arXiv 1608.03983.
 */
export function cosineRate(
  rate: number,
  { steps, warmUp = 0, final = 0 }: { steps: number; warmUp?: number; final?: number },
): Schedule {
  requirePositive('steps', steps);
  return (step) => {
    if (step <= warmUp) return (rate * step) / warmUp;
    const done = Math.min(1, (step - 1 - warmUp) / Math.max(1, steps - warmUp));
    return final + ((rate - final) * (1 + Math.cos(Math.PI * done))) / 2;
  };
}

function requirePositive(option: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw invalidTrainingOption({ option, value, expected: 'a positive integer' });
}
