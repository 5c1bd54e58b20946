// What an exported file says of itself.

import { VERSION, type WholeFit } from '@striate/core';

/** Voxels, regions and where everything comes from, as ONNX metadata: plain text, lists as JSON. */
export function provenanceOf({
  comparison,
  model,
  layer,
  locator,
  readout,
  subject,
  trainedOn,
}: WholeFit): Record<string, string> {
  const { dataset, configuration } = comparison;
  const { card } = model.loaded;
  const located = locator && {
    locator: `${locator.backend}:${locator.loaded.card.id} at ${locator.layers[0].name}`,
    locatorFingerprint: locator.fingerprint,
  };
  const known = {
    striateVersion: VERSION,
    dataset: dataset.name,
    datasetCitation: dataset.citation,
    subject: subject.subject,
    recordingKind: dataset.recordingKind,
    voxelIds: JSON.stringify(subject.voxelIds),
    regions: JSON.stringify(Object.fromEntries(subject.regions)),
    responsesFingerprint: subject.responsesFingerprint,
    nTrainingStimuli: String(trainedOn.length),
    seed: String(configuration.seed),
    model: `${model.backend}:${card.id}`,
    modelTitle: card.title,
    modelSource: card.source,
    modelLicence: card.licence,
    modelCitation: card.citation,
    modelFingerprint: model.fingerprint,
    preprocessing: card.preprocessing,
    layer: layer.name,
    core: model.core?.description,
    coreFingerprint: model.core?.fingerprint,
    ...located,
    readout: readout.part.id,
    readoutDescription: readout.part.describe(readout.options),
    readoutOptions: JSON.stringify(readout.options),
    input: 'image: uint8 [height, width, 3], RGB as decoded from the file, any size',
    output: 'predictions: float32 [1, voxel], in the unit of the responses, in the order of voxelIds',
  };
  return Object.fromEntries(
    Object.entries(known).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
