// What a readout learns from: features of a layer, of the locator where there is one, and averaged responses, for some stimuli.

import type { ReadoutInputs } from '@striate/contracts';
import { seenOf } from '../plan/keys.js';
import type { FeatureStore } from './features.js';
import type { FitData } from './fit-groups.js';
import type { OpenModel } from './models.js';
import type { OpenComparison } from './open.js';
import type { ResponseReader } from './responses.js';
import type { SelectedSubject } from './subjects.js';
import type { OpenUnion } from './unions.js';

export interface FitSource {
  readonly comparison: Pick<OpenComparison, 'description'>;
  readonly features: FeatureStore;
  readonly responses: ResponseReader;
  readonly subject: SelectedSubject;
  readonly model: OpenModel | OpenUnion;
  readonly layer: string;
  readonly locator: OpenModel | undefined;
}

/** Features for those of the stimuli that the subject saw, in their order. */
export async function readInputs(source: FitSource, positions: readonly number[]): Promise<ReadoutInputs> {
  const { features, subject, model, layer, locator } = source;
  const seen = seenOf(subject, positions);
  return {
    features: await features.rows(model, layer, seen),
    ...(locator ? { descriptor: await features.rows(locator, locator.layers[0].name, seen) } : {}),
  };
}

/** Features and responses for those of the stimuli that the subject saw, in their order. */
export async function readFitData(source: FitSource, positions: readonly number[]): Promise<FitData> {
  const { comparison, responses, subject } = source;
  const ids = seenOf(subject, positions).map((position) => comparison.description.stimulusIds[position]);
  return { inputs: await readInputs(source, positions), responses: await responses.mean(subject, ids) };
}
