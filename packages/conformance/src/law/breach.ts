/** A promise that was not kept, before it is known whose and which; laws turn it into `STRIATE_BROKEN_PROMISE`. */
export class Breach extends Error {}

/** Stop the check of a law, with the evidence in words. */
export function demand(isKept: boolean, detail: string): asserts isKept {
  if (!isKept) throw new Breach(detail);
}
