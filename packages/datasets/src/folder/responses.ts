// responses.npy or responses/<subject>.npy, with the ids of their rows beside: what was measured.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  ambiguousFiles,
  describeShape,
  nonFinite,
  shapeMismatch,
  type FloatArray,
  type Observed,
  type RepeatedResponses,
} from '@striate/contracts';
import { withNpy } from '@striate/npy';
import type { Description } from './description.js';
import { hashFile, hashValues } from './hash.js';
import { readIds, requireKnown } from './ids.js';
import { STIMULI_FILE } from './stimuli.js';

/** Responses of one subject, checked against the tables but not read. */
export interface SubjectResponses {
  readonly path: string;
  readonly stimulusIds: readonly string[];
  readonly voxelIds: readonly string[];
  readonly shape: readonly [nRepetitions: number, nStimuli: number, nVoxels: number];
  readonly description: Description;
  readonly fingerprint: string;
}

export interface ResponsesRequest {
  readonly folder: string;
  readonly subject: string;
  /** Is it the only one? Then `responses.npy` will do. */
  readonly isOnlySubject: boolean;
  readonly voxelIds: readonly string[];
  readonly knownStimuli: ReadonlySet<string>;
  readonly description: Description;
}

/**
 * Find a subject's responses, and check ids and shape against the tables; values are not looked at yet.
 *
 * @throws {DataError} `STRIATE_FILE_MISSING`, `STRIATE_AMBIGUOUS_FILES`, `STRIATE_NPY_MALFORMED`, `STRIATE_NPY_DTYPE`,
 *   `STRIATE_DUPLICATE_STIMULUS`, `STRIATE_IDS_DIFFER` for rows of unknown stimuli, `STRIATE_SHAPE_MISMATCH`.
 */
export async function describeResponses(request: ResponsesRequest): Promise<SubjectResponses> {
  const { voxelIds, knownStimuli, description } = request;
  const path = findResponses(request);
  const what = `The file of responses of subject "${request.subject}"`;
  const actual = await withNpy(path, (file) => Promise.resolve(file.shape), what);
  const idsPath = path.replace(/\.npy$/, '.ids.txt');
  const stimulusIds = await readIds(idsPath, `The list of stimuli of the rows of ${path}`);
  requireKnown(stimulusIds, idsPath, knownStimuli, STIMULI_FILE);
  const shape = asRepeated(path, actual, stimulusIds.length, voxelIds.length);
  const fingerprint = hashValues(
    await hashFile(path),
    stimulusIds,
    voxelIds,
    description.unit,
    description.missing,
  );
  return { path, stimulusIds, voxelIds, shape, description, fingerprint };
}

/**
 * Read a subject's responses.
 *
 * @returns [repetition, stimulus, voxel]; float32 or float64, whichever holds the file's values exactly. With `missing: "nan"` what
 *   is NaN in the file is not observed.
 * @throws {DataError} `STRIATE_NON_FINITE` for infinite values, and for NaN without `missing: "nan"`.
 */
export async function readResponses(responses: SubjectResponses): Promise<RepeatedResponses> {
  const { path, stimulusIds, voxelIds, shape, description } = responses;
  const data = await withNpy(path, (file) => file.readFloats());
  const observed = description.missing === 'nan' ? observedWhereNumber(data) : undefined;
  requireFinite(responses, data, observed);
  const unit = description.unit === undefined ? {} : { unit: description.unit };
  return {
    stimulusIds,
    voxelIds,
    values: { axes: ['repetition', 'stimulus', 'voxel'], shape, data, ...unit },
    ...(observed ? { observed } : {}),
  };
}

function findResponses({ folder, subject, isOnlySubject }: ResponsesRequest): string {
  const own = join(folder, 'responses', `${subject}.npy`);
  const single = join(folder, 'responses.npy');
  if (!existsSync(single)) return own;
  if (existsSync(own) || !isOnlySubject) {
    const paths = [single, own];
    throw ambiguousFiles({ what: `Responses of subject "${subject}"`, paths });
  }
  return single;
}

function asRepeated(
  path: string,
  actual: readonly number[],
  nStimuli: number,
  nVoxels: number,
): SubjectResponses['shape'] {
  const [nRepetitions, ...rest] = actual.length === 2 ? [1, ...actual] : actual;
  if (rest.length === 2 && rest[0] === nStimuli && rest[1] === nVoxels)
    return [nRepetitions, nStimuli, nVoxels];
  throw shapeMismatch({
    what: `Responses "${path}"`,
    expected: `${describeShape(['stimulus', 'voxel'], [nStimuli, nVoxels])}, with or without a first axis of repetitions`,
    actual: `[${actual.join(', ')}]`,
    hint: 'Rows are counted in the list of ids beside the file, voxels in voxels.csv (rows of this subject).',
  });
}

/** @returns `undefined` if everything was measured. */
function observedWhereNumber(data: FloatArray): Observed | undefined {
  if (!data.some(Number.isNaN)) return undefined;
  const observed = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) observed[i] = Number.isNaN(data[i]) ? 0 : 1;
  return observed;
}

function requireFinite(
  { path, stimulusIds, voxelIds }: SubjectResponses,
  data: FloatArray,
  observed?: Observed,
): void {
  let [count, first] = [0, -1];
  for (let i = 0; i < data.length; i++) {
    if (Number.isFinite(data[i]) || observed?.[i] === 0) continue;
    if (count++ === 0) first = i;
  }
  if (count === 0) return;
  const row = Math.floor(first / voxelIds.length);
  const repetition = Math.floor(row / stimulusIds.length) + 1;
  const stimulus = stimulusIds[row % stimulusIds.length];
  throw nonFinite({
    what: `Responses "${path}"`,
    count,
    total: data.length,
    first: `repetition ${repetition}, stimulus "${stimulus}", voxel "${voxelIds[first % voxelIds.length]}"`,
    hint: 'If NaN means "not measured", say so in dataset.json: "missing": "nan". Infinite values have to go.',
  });
}
