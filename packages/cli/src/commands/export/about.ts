// What an exported file says of itself.

import type { OnnxModel } from '@striate/compute';
import { pluralOf, type LayerInfo } from '@striate/contracts';
import { VERSION, type OpenModel, type WholeFit } from '@striate/core';

export interface About {
  /** One sentence; viewers show it. */
  readonly description: string;
  /** Plain text; lists and mappings as JSON. docs/export.md lists the keys. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Voxels, regions and where everything comes from, for the ONNX file. */
export function describeExport(whole: WholeFit): About {
  const { comparison, model, layer, readout, subject } = whole;
  const { recordingKind, name } = comparison.dataset;
  const who = `${subject.voxelIds.length} ${pluralOf(recordingKind)} of "${subject.subject}" (${name})`;
  const facts = {
    ...describeResponses(whole),
    ...describeModels(whole),
    ...describeFit(whole),
    ...INTERFACE,
  };
  return {
    description: `Predicts the responses of ${who} to an image: ${model.name} at ${layer.name}, read out by ${readout.name}. Written by striate ${VERSION}.`,
    metadata: Object.fromEntries(
      Object.entries(facts).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  };
}

/** Was the file written by an export? */
export function isExport({ metadataProps }: OnnxModel): boolean {
  const keys = metadataProps.map(({ key }) => key);
  return keys.includes('striateVersion') && keys.includes('voxelIds');
}

const INTERFACE = {
  striateVersion: VERSION,
  input: 'image: uint8 [height, width, 3], RGB as decoded from the file, any size',
  output: 'predictions: float32 [1, voxel], in the unit of the responses, in the order of voxelIds',
};

function describeResponses({ comparison: { dataset }, subject, unit }: WholeFit) {
  return {
    dataset: dataset.name,
    datasetCitation: dataset.citation,
    subject: subject.subject,
    recordingKind: dataset.recordingKind,
    unit,
    voxelIds: JSON.stringify(subject.voxelIds),
    regions: JSON.stringify(Object.fromEntries(subject.regions)),
    responsesFingerprint: subject.responsesFingerprint,
  };
}

function describeModels({ model, layer, locator }: WholeFit) {
  const read =
    'loaded' in model
      ? describeModel(model, layer)
      : { spaces: JSON.stringify(model.spaces.map((space) => describeModel(space.model, space.layer))) };
  if (!locator) return read;
  return { ...read, locator: JSON.stringify(describeModel(locator, locator.layers[0])) };
}

function describeModel({ backend, loaded, fingerprint, core }: OpenModel, layer: LayerInfo) {
  const { card } = loaded;
  return {
    model: `${backend}:${card.id}`,
    layer: layer.name,
    modelTitle: card.title,
    modelSource: card.source,
    modelLicence: card.licence,
    modelCitation: card.citation,
    modelFingerprint: fingerprint,
    preprocessing: card.preprocessing,
    core: core?.description,
    coreFingerprint: core?.fingerprint,
  };
}

function describeFit({ comparison, readout, subject, scores }: WholeFit) {
  const { configuration, stimuli } = comparison;
  return {
    comparison: configuration.name,
    readout: readout.part.id,
    readoutDescription: readout.part.describe(readout.options),
    readoutOptions: JSON.stringify(readout.options),
    seed: String(configuration.seed),
    trainedOn: JSON.stringify(subject.seen.map((position) => stimuli[position].id)),
    ...(scores.size > 0 && describeScores(scores, configuration.split)),
  };
}

/** Those of the comparison; what is exported was fitted on more. */
function describeScores(scores: WholeFit['scores'], split: unknown) {
  const perVoxel = [...scores].map(([name, values]) => [name, Array.from(values)]);
  return { scores: JSON.stringify(Object.fromEntries(perVoxel)), scoresSplit: JSON.stringify(split) };
}
