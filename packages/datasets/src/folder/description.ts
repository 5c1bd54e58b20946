// dataset.json: what the numbers are.

import { join } from 'node:path';
import { RECORDING_KINDS, suggest, tableMalformed, type RecordingKind } from '@striate/contracts';
import { readText } from '../csv/table.js';

export interface Description {
  readonly name: string;
  readonly recordingKind: RecordingKind;
  /** Unit of the responses. */
  readonly unit?: string;
  readonly citation?: string;
  /** Regions in the order in which they are shown; others follow. */
  readonly regions?: readonly string[];
  /** `nan`: NaN in the responses means "not measured". Absent: NaN is an error. */
  readonly missing?: 'nan';
}

type Check = (value: unknown) => string | undefined;

const isText: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'text');
const isOneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string) ? undefined : `one of ${words.map((word) => `"${word}"`).join(', ')}`;
const isListOfNames: Check = (value) =>
  Array.isArray(value) &&
  value.every((name) => isText(name) === undefined) &&
  new Set(value).size === value.length
    ? undefined
    : 'a list of different names';

const KEYS: Readonly<Record<keyof Description, { check: Check; isRequired: boolean }>> = {
  name: { check: isText, isRequired: true },
  recordingKind: { check: isOneOf(...RECORDING_KINDS), isRequired: true },
  unit: { check: isText, isRequired: false },
  citation: { check: isText, isRequired: false },
  regions: { check: isListOfNames, isRequired: false },
  missing: { check: isOneOf('nan'), isRequired: false },
};

/**
 * Read and check `dataset.json`.
 *
 * @throws {DataError} `STRIATE_FILE_MISSING`; `STRIATE_TABLE_MALFORMED` for text that is not JSON, an unknown key, a value of
 *   the wrong kind, or a key that is missing.
 */
export async function readDescription(folder: string): Promise<Description> {
  const path = join(folder, 'dataset.json');
  const value = parseJson(await readText(path, 'The description of the dataset'), path);
  const names = Object.keys(KEYS);
  for (const key of Object.keys(value)) {
    if (!names.includes(key))
      throw tableMalformed({ path, reason: `unknown key "${key}". ${suggest(key, names)}` });
  }
  for (const [key, { check, isRequired }] of Object.entries(KEYS)) {
    const expected = key in value || isRequired ? check(value[key]) : undefined;
    if (expected !== undefined) throw tableMalformed({ path, reason: `"${key}" must be ${expected}` });
  }
  return value as unknown as Description;
}

function parseJson(text: string, path: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw tableMalformed({ path, reason: `it is not JSON: ${(cause as Error).message}` });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw tableMalformed({ path, reason: 'it has to be one object, { ... }' });
}
