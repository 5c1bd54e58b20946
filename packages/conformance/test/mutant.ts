import type { Subject } from '../src/index.js';

/** A subject with one fault, and the law that has to find it. */
export interface Mutant<Of extends Subject> {
  /** What it does wrong, as a verb phrase. */
  readonly fault: string;
  /** Id of the law. */
  readonly caughtBy: string;
  subject(): Of;
}
