import { readFile } from 'node:fs/promises';
import { RECORD_VERSION, recordInvalid, type RunRecord } from '@striate/contracts';

const LISTS = [
  'regions',
  'subjects',
  'models',
  'readouts',
  'scorers',
  'conventions',
  'fits',
  'predictions',
  'geometry',
  'geometryCeilings',
  'warnings',
] as const satisfies readonly (keyof RunRecord)[];

/**
 * Read a run record and check that it is one.
 *
 * @throws {DataError} `STRIATE_RECORD_INVALID`, saying what is missing or wrong.
 */
export async function readRecord(path: string): Promise<RunRecord> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw recordInvalid({ path, reason: cause instanceof Error ? cause.message : String(cause) });
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw recordInvalid({
      path,
      reason: `it is no JSON (${cause instanceof Error ? cause.message : String(cause)})`,
    });
  }
  const reason = findFault(value);
  if (reason !== undefined) throw recordInvalid({ path, reason });
  return value as RunRecord;
}

function findFault(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'it is no object';
  const record = value as Partial<Record<keyof RunRecord, unknown>>;
  if (record.recordVersion !== RECORD_VERSION) {
    return `its recordVersion is ${JSON.stringify(record.recordVersion)}, and ${RECORD_VERSION} is read here`;
  }
  if (typeof record.name !== 'string') return 'it has no "name"';
  if (typeof record.dataset !== 'object' || record.dataset === null) return 'it has no "dataset"';
  const missing = LISTS.find((key) => !Array.isArray(record[key]));
  return missing === undefined ? undefined : `"${missing}" is no list`;
}
