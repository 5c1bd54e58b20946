import { demand } from '../law/breach.js';

/**
 * Demand that two values of plain mappings, lists, texts, numbers and booleans are equal. A name whose value is `undefined`
 * counts as absent.
 */
export function demandSameValue(what: string, actual: unknown, expected: unknown, at = ''): void {
  if (actual === expected) return;
  const where = at === '' ? '' : ` at "${at}"`;
  const isBranch = kindOf(actual) === kindOf(expected) && isObject(actual) && isObject(expected);
  demand(isBranch, `${what} differ${where}: ${inWords(actual)} instead of ${inWords(expected)}`);
  for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    demandSameValue(what, actual[name], expected[name], at === '' ? name : `${at}.${name}`);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Tells a list from a mapping, and both from a date. */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}

function inWords(value: unknown): string {
  return isObject(value) ? JSON.stringify(value) : String(value);
}
