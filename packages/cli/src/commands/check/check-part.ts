// One part of a plugin, held to the laws of its seam.

import {
  backendLaws,
  ceilingLaws,
  conventionLaws,
  datasetLaws,
  geometryScorerLaws,
  predictionScorerLaws,
  readoutLaws,
  runLaws,
  type LawResult,
} from '@striate/conformance';
import { invalidOption, type SeamName } from '@striate/contracts';
import type { Registry } from '@striate/core';
import { createSyntheticDataset } from '@striate/datasets';
import type { Io } from '../../io.js';

/**
 * Run the laws of a part's seam.
 *
 * @throws {UsageError} `STRIATE_INVALID_OPTION` if its options are wrong, or a backend knows no model and none is given.
 */
export async function checkPart(
  registry: Registry,
  seam: SeamName,
  id: string,
  { model, options }: { model?: string | undefined; options: unknown },
  io: Io,
): Promise<LawResult[]> {
  const context = { baseFolder: io.cwd, device: 'cpu' as const };
  switch (seam) {
    case 'backends': {
      const backend = await registry.get('backends', id);
      const name = model ?? backend.listModels()[0]?.id;
      if (name === undefined) {
        throw invalidOption({
          who: 'check',
          option: '--model',
          expected: `a model for the backend "${id}"`,
          actual: 'missing',
          hint: 'The path of a model that it can open: --model nets/alexnet.onnx.',
        });
      }
      const parsed = backend.parseOptions(options);
      const open = () => backend.doLoad(name, parsed, context);
      const subject = { plugin: `${id}:${name}`, backend, options: parsed, open };
      return runLaws(backendLaws, { ...subject, stimuli: await someStimuli() });
    }
    case 'datasets': {
      const dataset = await registry.get('datasets', id);
      const parsed = dataset.parseOptions(options);
      const open = () => dataset.doOpen(parsed, context);
      return runLaws(datasetLaws, { plugin: id, dataset, options: parsed, open });
    }
    case 'readouts': {
      const readout = await registry.get('readouts', id);
      return runLaws(readoutLaws, { plugin: id, readout, options: readout.parseOptions(options) });
    }
    case 'scorers': {
      const scorer = await registry.get('scorers', id);
      const subject = { plugin: id, options: scorer.parseOptions(options) };
      return scorer.kind === 'geometry'
        ? runLaws(geometryScorerLaws, { ...subject, scorer })
        : runLaws(predictionScorerLaws, { ...subject, scorer, perfect: scorer.range[1] });
    }
    case 'ceilings': {
      const ceiling = await registry.get('ceilings', id);
      return runLaws(ceilingLaws, { plugin: id, ceiling, options: ceiling.parseOptions(options) });
    }
    case 'conventions':
      return runLaws(conventionLaws, { plugin: id, convention: await registry.get('conventions', id) });
    case 'executors':
      return [];
  }
}

/** Images and captions of the synthetic dataset, so that a check needs no data. */
async function someStimuli() {
  const dataset = createSyntheticDataset();
  const open = await dataset.doOpen(dataset.parseOptions({ nStimuli: 20 }), {
    baseFolder: '.',
    device: 'cpu',
  });
  return open.stimuli.slice(0, 11);
}
