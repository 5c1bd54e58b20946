import { referenceMalformed } from '@striate/contracts';
import type { Check } from '../check.js';
import type { ReferenceCase } from '../reference-case.js';
import { bandedRidge } from './banded-ridge.js';
import { blurPooling } from './blur-pool.js';
import { c8 } from './c8.js';
import { factorized } from './factorized.js';
import { gaussian2d } from './gaussian2d.js';
import { maskedLoss } from './masked-loss.js';
import { noiseCeiling } from './noise-ceiling.js';
import { pearson } from './pearson.js';
import { ridge } from './ridge.js';
import { rsa } from './rsa.js';
import { transformer } from './transformer.js';

const CHECKS: readonly Check[] = [
  ridge,
  bandedRidge,
  pearson,
  noiseCeiling,
  rsa,
  factorized,
  maskedLoss,
  c8,
  blurPooling,
  gaussian2d,
  transformer,
];

/** Parts that reference cases exist for and that striate does not have yet, by the beginning of the case's name. */
const ABSENT_PARTS: Readonly<Record<string, string>> = {
  'bh-fdr': 'false discovery rate',
  cka: 'CKA',
};

/**
 * Find the check for a case: by its name and its arrays, else by its arrays alone.
 *
 * @returns The check, or why there is none.
 * @throws {DataError} `STRIATE_REFERENCE_MALFORMED` if the name promises a case whose arrays are not there.
 */
export function findCheck(given: ReferenceCase): Check | { readonly reason: string } {
  const absent = Object.keys(ABSENT_PARTS).find((prefix) => given.name.startsWith(prefix));
  if (absent !== undefined) return { reason: `${ABSENT_PARTS[absent]} is not there yet` };
  const named = CHECKS.find((check) => given.name.startsWith(check.prefix));
  if (named) {
    assertHasArrays(given, named);
    return named;
  }
  const known = CHECKS.find((check) => hasArrays(given, check));
  return known ?? { reason: 'no check knows its name or its arrays' };
}

function hasArrays(given: ReferenceCase, { inputs, outputs }: Check): boolean {
  return inputs.every((name) => given.arrays.has(name)) && [...given.arrays.keys()].some(matches(outputs));
}

function assertHasArrays(given: ReferenceCase, check: Check): void {
  if (hasArrays(given, check)) return;
  const missing = check.inputs.filter((name) => !given.arrays.has(name));
  const reason = missing.length > 0 ? `it lacks ${missing.join(', ')}` : 'it holds nothing to compare with';
  throw referenceMalformed({ path: given.name, reason });
}

const matches = (pattern: RegExp) => (name: string) => pattern.test(name);
