import { StriateError } from '@striate/contracts';

/** 0 done; 1 ran, but a check failed; 130 stopped by Ctrl-C, as shells say it; further codes belong to the kinds of errors. */
export const EXIT_DONE = 0;
export const EXIT_CHECK_FAILED = 1;
export const EXIT_INTERNAL = 70;
export const EXIT_INTERRUPTED = 130;

export function exitCodeOf(error: unknown): number {
  if (!StriateError.isInstance(error)) return EXIT_INTERNAL;
  return error.code === 'STRIATE_ABORTED' ? EXIT_INTERRUPTED : error.exitCode;
}
