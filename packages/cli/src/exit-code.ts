import { StriateError } from '@striate/contracts';

/** 0 done; 1 ran, but a check failed; further codes belong to the kinds of errors. */
export const EXIT_DONE = 0;
export const EXIT_CHECK_FAILED = 1;
export const EXIT_INTERNAL = 70;

export function exitCodeOf(error: unknown): number {
  return StriateError.isInstance(error) ? error.exitCode : EXIT_INTERNAL;
}
