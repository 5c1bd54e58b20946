import type { LayerInfo, LoadedModel, Stimulus } from '@striate/contracts';
import { demand } from '../law/breach.js';
import type { SubjectWithOptions, TakesOptions } from '../options/options-laws.js';

/** A model of a backend that is opened with options, and stimuli to show it. */
export interface BackendSubject extends SubjectWithOptions {
  readonly backend: TakesOptions;
  /** Opens the model anew at every call. */
  open(): Promise<LoadedModel>;
  /** Five or more, different from each other. */
  readonly stimuli: readonly Stimulus[];
  /** Largest difference between batches, as a share of the largest feature; default 0, the same bits. Accelerators that
   * add up in another order for another batch size say here how far they go. */
  readonly tolerance?: number;
}

/** Open the model, use it, and dispose of it whatever happens. */
export async function withModel<Result>(
  subject: BackendSubject,
  use: (model: LoadedModel) => Promise<Result>,
): Promise<Result> {
  demand(subject.stimuli.length >= 5, `the subject brings ${subject.stimuli.length} stimuli; laws need 5`);
  const model = await subject.open();
  try {
    return await use(model);
  } finally {
    await model.dispose();
  }
}

/** First, middle and last layer: all of a deep network would take long. */
export async function probeLayers(model: LoadedModel): Promise<LayerInfo[]> {
  const layers = await model.listLayers();
  demand(layers.length > 0, 'the model lists no layer');
  const last = layers.length - 1;
  return [...new Set([0, last >> 1, last])].map((i) => layers[i]);
}

export async function probeNames(model: LoadedModel): Promise<string[]> {
  return (await probeLayers(model)).map((layer) => layer.name);
}
