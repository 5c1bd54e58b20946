import { createHash } from 'node:crypto';
import { internal } from '@striate/contracts';

/**
 * Hash a plain value: SHA-256 of its canonical JSON (keys sorted, numbers by shortest round trip).
 *
 * @param value Plain objects, arrays, strings, finite numbers, booleans, `null`; keys with `undefined` are left out.
 * @returns 64 hexadecimal digits.
 * @throws {InternalError} `STRIATE_INTERNAL` for anything else: what cannot be written down cannot name a result.
 * @example
 * hashOf({ a: 1, b: 2 }) === hashOf({ b: 2, a: 1 }) // => true
 */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (isPlainObject(value)) {
    const entries = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
    return `{${entries.join(',')}}`;
  }
  throw internal(`a ${typeof value} (${String(value)}) cannot be part of a key`);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects of another realm (a test's, a worker's) have an Object.prototype of their own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
