// rdms/<region>.npy: RDMs measured or computed elsewhere, [subject, condition, condition].

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  describeShape,
  fileMissing,
  labelled,
  nonFinite,
  rdmInvalid,
  shapeMismatch,
  type FloatArray,
  type RegionRdms,
} from '@striate/contracts';
import { withNpy } from '@striate/npy';
import { hashFile, hashValues } from './hash.js';
import { readIds, requireKnown } from './ids.js';
import { STIMULI_FILE } from './stimuli.js';

/** Rounding of float32 in whoever computed the RDM, relative to its largest value. */
const TOLERANCE = 1e-6;

/** RDMs of all regions, checked against the lists beside them but not read. */
export interface RdmFolder {
  readonly subjects: readonly string[];
  readonly stimulusIds: readonly string[];
  /** Region → file and its fingerprint; regions by name. */
  readonly files: ReadonlyMap<string, { readonly path: string; readonly fingerprint: string }>;
}

/**
 * Find the RDMs of a dataset, if it has any, and check ids and shapes.
 *
 * @throws {DataError} `STRIATE_FILE_MISSING`, `STRIATE_DUPLICATE_STIMULUS`, `STRIATE_IDS_DIFFER`, `STRIATE_SHAPE_MISMATCH`,
 *   `STRIATE_NPY_MALFORMED`, `STRIATE_NPY_DTYPE`.
 */
export async function describeRdms(
  folder: string,
  known: ReadonlySet<string>,
): Promise<RdmFolder | undefined> {
  const rdms = join(folder, 'rdms');
  if (!existsSync(rdms)) return undefined;
  const idsPath = join(rdms, 'ids.txt');
  const stimulusIds = await readIds(idsPath, 'The list of stimuli of the RDMs');
  requireKnown(stimulusIds, idsPath, known, STIMULI_FILE);
  const subjects = await readIds(join(rdms, 'subjects.txt'), 'The list of subjects of the RDMs');
  const names = (await readdir(rdms)).filter((name) => name.endsWith('.npy')).sort();
  if (names.length === 0) throw fileMissing({ path: join(rdms, '<region>.npy'), what: 'An RDM' });
  const files = new Map<string, { path: string; fingerprint: string }>();
  for (const name of names) {
    const path = join(rdms, name);
    await requireShape(path, [subjects.length, stimulusIds.length, stimulusIds.length]);
    files.set(basename(name, '.npy'), {
      path,
      fingerprint: hashValues(await hashFile(path), subjects, stimulusIds),
    });
  }
  return { subjects, stimulusIds, files };
}

/**
 * Read the RDMs of a region. What rounding left of asymmetry is removed: the upper triangles stand.
 *
 * @throws {DataError} `STRIATE_NON_FINITE`; `STRIATE_RDM_INVALID` if one is not symmetric or its diagonal not zero, beyond
 *   1e-6 of its largest value.
 */
export async function readRdms(
  { subjects, stimulusIds, files }: RdmFolder,
  region: string,
): Promise<RegionRdms> {
  const { path } = files.get(region)!;
  const data = await withNpy(path, (file) => file.readFloats());
  const n = stimulusIds.length;
  subjects.forEach((subject, i) => {
    const rdm = data.subarray(i * n * n, (i + 1) * n * n);
    requireFinite(path, subject, rdm, stimulusIds);
    requireRdm(path, subject, rdm, n);
    removeRounding(rdm, n);
  });
  const values = labelled(['subject', 'condition', 'condition'], [subjects.length, n, n], data);
  return { region, subjects, stimulusIds, values };
}

async function requireShape(path: string, expected: readonly [number, number, number]): Promise<void> {
  const actual = await withNpy(path, (file) => Promise.resolve(file.shape));
  if (actual.length === 3 && expected.every((size, axis) => size === actual[axis])) return;
  throw shapeMismatch({
    what: `RDMs "${path}"`,
    expected: describeShape(['subject', 'condition', 'condition'], expected),
    actual: `[${actual.join(', ')}]`,
    hint: 'Subjects are counted in rdms/subjects.txt, conditions in rdms/ids.txt.',
  });
}

function requireFinite(path: string, subject: string, rdm: FloatArray, ids: readonly string[]): void {
  const first = rdm.findIndex((value) => !Number.isFinite(value));
  if (first < 0) return;
  throw nonFinite({
    what: `RDMs "${path}"`,
    count: rdm.filter((value) => !Number.isFinite(value)).length,
    total: rdm.length,
    first: `subject "${subject}", "${ids[Math.floor(first / ids.length)]}" against "${ids[first % ids.length]}"`,
  });
}

function requireRdm(path: string, subject: string, rdm: FloatArray, n: number): void {
  let [largest, asymmetry, diagonal] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    diagonal = Math.max(diagonal, Math.abs(rdm[i * n + i]));
    for (let j = 0; j < n; j++) {
      largest = Math.max(largest, Math.abs(rdm[i * n + j]));
      asymmetry = Math.max(asymmetry, Math.abs(rdm[i * n + j] - rdm[j * n + i]));
    }
  }
  const invalid = (reason: string, largestDeviation: number) =>
    rdmInvalid({ path, subject, reason, largestDeviation });
  if (asymmetry > TOLERANCE * largest) throw invalid('the matrix is not symmetric', asymmetry);
  if (diagonal > TOLERANCE * largest) throw invalid('the diagonal is not zero', diagonal);
}

function removeRounding(rdm: FloatArray, n: number): void {
  for (let i = 0; i < n; i++) {
    rdm[i * n + i] = 0;
    for (let j = 0; j < i; j++) rdm[i * n + j] = rdm[j * n + i];
  }
}
