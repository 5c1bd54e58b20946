import { readFile } from 'node:fs/promises';
import { recordInvalid, type RunRecord } from '@striate/contracts';
import { findFault } from './faults.js';

/**
 * Read a run record and check that it is one.
 *
 * @throws {DataError} `STRIATE_RECORD_INVALID` if the file cannot be read, is no JSON, is of another version, or lacks
 *   or contradicts what the report leans on; the message says what.
 */
export async function readRecord(path: string): Promise<RunRecord> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw recordInvalid({ path, reason: reasonOf(cause) });
  });
  const value = parse(path, text);
  const reason = findFault(value);
  if (reason !== undefined) throw recordInvalid({ path, reason });
  return value as RunRecord;
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw recordInvalid({ path, reason: `it is no JSON (${reasonOf(cause)})` });
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
