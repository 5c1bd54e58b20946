// What is being done, for people: one line that changes in a terminal, a line now and then elsewhere.

import type { Io } from './io.js';

const LOG_EVERY_MS = 10_000;

export interface Status {
  show(line: string): void;
  /** Take the line away, before anything else is said. */
  clear(): void;
}

export function createStatus(io: Io, now: () => number = Date.now): Status {
  let lastLog = now();
  return {
    show(line) {
      if (io.status) return io.status(line);
      if (now() - lastLog <= LOG_EVERY_MS) return;
      lastLog = now();
      io.err(`${line}\n`);
    },
    clear: () => io.status?.(''),
  };
}
