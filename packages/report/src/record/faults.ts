// What can be wrong with a record, in words. The checks are those that the tables and the page lean on: a record that
// passes never makes them look up what is not there.

import { RECORD_VERSION, type EncodedFloats, type RunRecord } from '@striate/contracts';

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

/** The first thing that keeps a value from being a run record; `undefined` if nothing does. */
export function findFault(value: unknown): string | undefined {
  const fault = findMissingPart(value);
  if (fault !== undefined) return fault;
  const record = value as RunRecord;
  return firstOf([
    () => firstOf(record.subjects.map((subject, i) => () => faultOfSubject(subject, i))),
    () => firstOf(record.models.map((model, i) => () => faultOfModel(model, i))),
    () => firstOf(record.predictions.map((cell, i) => () => faultOfPrediction(record, cell, i))),
    () => firstOf(record.geometry.map((cell, i) => () => faultOfGeometry(record, cell, i))),
    () => firstOf(record.fits.map((fit, i) => () => faultOfFit(record, fit, i))),
  ]);
}

function findMissingPart(value: unknown): string | undefined {
  if (!isObject(value)) return 'it holds no object';
  if (value['recordVersion'] !== RECORD_VERSION) {
    return `its recordVersion is ${JSON.stringify(value['recordVersion'])}, and ${RECORD_VERSION} is read here`;
  }
  if (!isObject(value['dataset'])) return '"dataset" is missing';
  const texts = ['name', 'striateVersion', 'planKey'].filter((key) => typeof value[key] !== 'string');
  if (texts.length > 0) return `"${texts[0]}" is no text`;
  const lists = LISTS.filter((key) => !Array.isArray(value[key]));
  return lists.length > 0 ? `"${lists[0]}" is no list` : undefined;
}

function faultOfSubject(subject: RunRecord['subjects'][number], i: number): string | undefined {
  const where = `subjects[${i}]`;
  if (!Array.isArray(subject?.voxelIds)) return `${where}.voxelIds is no list`;
  if (!isObject(subject.regions)) return `${where}.regions is missing`;
  const nVoxels = subject.voxelIds.length;
  for (const [region, positions] of Object.entries(subject.regions)) {
    const wrong = positions.find((position) => !(position >= 0 && position < nVoxels));
    if (wrong !== undefined) return `${where}.regions.${region} names voxel ${wrong} of ${nVoxels}`;
  }
  const { ceiling } = subject;
  return ceiling && faultOfFloats(ceiling.correlation, nVoxels, `${where}.ceiling.correlation`);
}

function faultOfModel(model: RunRecord['models'][number], i: number): string | undefined {
  if (!Array.isArray(model?.layers)) return `models[${i}].layers is no list`;
  return isObject(model.card) ? undefined : `models[${i}].card is missing`;
}

function faultOfPrediction(record: RunRecord, cell: RunRecord['predictions'][number], i: number) {
  const where = `predictions[${i}]`;
  const subject = record.subjects.find((each) => each.subject === cell?.subject);
  if (!subject) return unknownSubject(where, cell?.subject);
  if (!Array.isArray(cell.regions)) return `${where}.regions is no list`;
  const stranger = cell.regions.find(({ region }) => !Array.isArray(subject.regions[region]));
  if (stranger) return `${where} has region "${stranger.region}", which subject "${cell.subject}" lacks`;
  const nVoxels = subject.voxelIds.length;
  return (
    faultOfModelName(record, cell.model, where) ??
    faultOfFloats(cell.values, nVoxels, `${where}.values`) ??
    faultOfEach(cell.parts ?? {}, nVoxels, `${where}.parts`)
  );
}

function faultOfGeometry(record: RunRecord, cell: RunRecord['geometry'][number], i: number) {
  const where = `geometry[${i}]`;
  if (!Array.isArray(cell?.subjects)) return `${where}.subjects is no list`;
  return (
    faultOfModelName(record, cell.model, where) ??
    faultOfFloats(cell.values, cell.subjects.length, `${where}.values`)
  );
}

function faultOfFit(record: RunRecord, fit: RunRecord['fits'][number], i: number): string | undefined {
  const where = `fits[${i}]`;
  if (!isObject(fit?.perVoxel)) return `${where}.perVoxel is missing`;
  const nVoxels = record.subjects.find(({ subject }) => subject === fit.subject)?.voxelIds.length;
  if (nVoxels === undefined) return unknownSubject(where, fit.subject);
  return (
    faultOfModelName(record, fit.model, where) ?? faultOfEach(fit.perVoxel, nVoxels, `${where}.perVoxel`)
  );
}

function faultOfEach(named: Readonly<Record<string, EncodedFloats>>, length: number, where: string) {
  return firstOf(
    Object.entries(named).map(
      ([name, floats]) =>
        () =>
          faultOfFloats(floats, length, `${where}.${name}`),
    ),
  );
}

function faultOfModelName(record: RunRecord, model: string, where: string): string | undefined {
  const isKnown = record.models.some(({ name }) => name === model);
  return isKnown ? undefined : `${where} is of model ${JSON.stringify(model)}, which "models" lacks`;
}

function unknownSubject(where: string, subject: string | undefined): string {
  return `${where} is of subject ${JSON.stringify(subject)}, which "subjects" lacks`;
}

function faultOfFloats(floats: EncodedFloats, length: number, where: string): string | undefined {
  if (floats?.encoding !== 'base64-float64le') return `${where} is not encoded as base64-float64le`;
  if (floats.length !== length) return `${where} has ${floats.length} values where ${length} belong`;
  const nCharacters = 4 * Math.ceil((length * 8) / 3);
  return floats.data?.length === nCharacters ? undefined : `${where} is cut short`;
}

function firstOf(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const fault = check();
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
