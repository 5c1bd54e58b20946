// Keys of artefacts: hashes of everything that determines a result, and of nothing else. A name that a user gave, a
// region that is only shown, the order of models: none of it is in a key.

import { hashOf } from '../store/index.js';
import type {
  ComparisonDescription,
  DescribedModel,
  DescribedPart,
  DescribedReadout,
  DescribedSubject,
} from './description.js';
import type { Fold } from './split.js';
import { voxelGroups } from './voxel-groups.js';

const determinants = ({ id, version, options }: DescribedPart) => ({ id, version, options });

/** Under this key the store keeps the rows of a layer. */
export function layerKey(model: Pick<DescribedModel, 'fingerprint'>, layer: string): string {
  return hashOf({ features: 1, fingerprint: model.fingerprint, layer });
}

/** Under this key the store keeps what a model answered about its layers. */
export function layersKey(backend: string, fingerprint: string): string {
  return hashOf({ layers: 2, backend, fingerprint });
}

export function extractKey(model: DescribedModel): string {
  const layers = model.layers.map((layer) => layerKey(model, layer.name));
  return hashOf({ extract: 1, layers, rows: hashOf([...model.rowKeys]) });
}

export function ceilingKey(description: ComparisonDescription, subject: DescribedSubject): string {
  return hashOf({
    ceiling: determinants(description.ceiling!),
    responses: responsesKey(description, subject, subject.seen),
    seed: description.seed,
  });
}

export function fitKey(
  description: ComparisonDescription,
  cell: {
    model: DescribedModel;
    layer: string;
    readout: DescribedReadout;
    subject: DescribedSubject;
    fold: Fold;
  },
): string {
  const { model, layer, readout, subject, fold } = cell;
  const { locator } = readout;
  return hashOf({
    fit: determinants(readout),
    ...inputKeys(model, layer, subject, fold),
    ...(model.core ? { core: model.core.fingerprint } : {}),
    ...(locator ? { locator: inputKeys(locator, locator.layers[0].name, subject, fold) } : {}),
    ...(readout.wantsCoordinates ? { coordinates: [...(subject.coordinates ?? [])] } : {}),
    ...(readout.isVoxelIndependent ? {} : { groups: voxelGroups(subject) }),
    responses: responsesKey(description, subject, seenOf(subject, [...fold.train, ...fold.validation])),
    seed: description.seed,
  });
}

function inputKeys(model: DescribedModel, layer: string, subject: DescribedSubject, fold: Fold) {
  const rows = (positions: readonly number[]) =>
    hashOf(seenOf(subject, positions).map((position) => model.rowKeys[position]));
  return {
    layer: layerKey(model, layer),
    train: rows(fold.train),
    validation: rows(fold.validation),
    test: rows(fold.test),
  };
}

export function fitSummaryKey(fits: readonly string[]): string {
  return hashOf({ fitSummary: 1, fits: [...fits] });
}

export function scoreKey(
  description: ComparisonDescription,
  cell: { scorer: DescribedPart; subject: DescribedSubject; fits: readonly string[] },
): string {
  const tested = description.folds.flatMap((fold) => seenOf(cell.subject, fold.test));
  return hashOf({
    score: determinants(cell.scorer),
    foldScores: description.foldScores,
    fits: [...cell.fits],
    responses: responsesKey(description, cell.subject, tested),
  });
}

export function geometryKey(
  description: ComparisonDescription,
  cell: { scorer: DescribedPart; region: string; model?: DescribedModel; layer?: string },
): string {
  const { model, layer } = cell;
  return hashOf({
    geometry: determinants(cell.scorer),
    targets: geometryTargetsKey(description, cell.region),
    features:
      model && layer !== undefined
        ? { layer: layerKey(model, layer), rows: hashOf([...model.rowKeys]) }
        : null,
  });
}

function geometryTargetsKey(description: ComparisonDescription, region: string): unknown {
  const rdms = description.rdms.get(region);
  if (rdms !== undefined) return { rdms, stimuli: hashOf([...description.stimulusIds]) };
  return description.subjects.map((subject) => ({
    responses: responsesKey(description, subject, subject.seen),
    voxels: [...(subject.regions.get(region) ?? [])],
  }));
}

/** Responses of a subject's chosen voxels to some stimuli, in this order. */
function responsesKey(
  description: ComparisonDescription,
  subject: DescribedSubject,
  positions: readonly number[],
): string {
  return hashOf({
    responses: subject.responsesFingerprint,
    stimuli: positions.map((position) => description.stimulusIds[position]),
    voxels: [...subject.voxelIds],
  });
}

/** Those of some positions that the subject saw, in their order. */
export function seenOf(subject: Pick<DescribedSubject, 'seen'>, positions: readonly number[]): number[] {
  const seen = new Set(subject.seen);
  return positions.filter((position) => seen.has(position));
}
