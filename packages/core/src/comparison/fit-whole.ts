// One model of a comparison, fitted on everything that a subject saw: for use, not for scores.

import type { LayerInfo, ReadoutState, StimulusByVoxel } from '@striate/contracts';
import { choiceNeeded, labelled, unknownId, unknownLayer } from '@striate/contracts';
import { fitKey, seenOf } from '../plan/keys.js';
import type { Configuration } from '../configuration/schema.js';
import { hashOf, type Artefact, type ArtefactStore } from '../store/index.js';
import { coreOf, requireRead } from './cores.js';
import { createFeatureStore } from './features.js';
import { readFitData, readInputs } from './fit-data.js';
import { fitGroups, type FittedGroup } from './fit-groups.js';
import type { OpenModel } from './models.js';
import { openComparison, type OpenComparison, type Surroundings } from './open.js';
import { mergeGroups } from './perform/merge-groups.js';
import type { ChosenReadout } from './parts.js';
import { createResponseReader } from './responses.js';
import type { SelectedSubject } from './subjects.js';

/** Which cell of the comparison; what is left out has to be the only one of its kind. */
export interface Selection {
  readonly model?: string | undefined;
  readonly layer?: string | undefined;
  readonly readout?: string | undefined;
  readonly subject?: string | undefined;
}

export interface WholeFit {
  readonly comparison: OpenComparison;
  readonly model: OpenModel;
  readonly layer: LayerInfo;
  readonly locator: OpenModel | undefined;
  readonly readout: ChosenReadout;
  readonly subject: SelectedSubject;
  /** Positions of the stimuli that it was fitted on. */
  readonly trainedOn: readonly number[];
  readonly groups: readonly FittedGroup[];
  /** Predictions for some stimuli, by position. */
  predict(positions: readonly number[]): Promise<StimulusByVoxel>;
  dispose(): Promise<void>;
}

/**
 * Fit one cell of a comparison on all stimuli that its subject saw. The fitted readout is kept in the store: a second call
 * loads it.
 *
 * @throws {UsageError} `STRIATE_CHOICE_NEEDED`, `STRIATE_UNKNOWN_ID`, `STRIATE_UNKNOWN_LAYER`, and whatever is wrong with the
 *   configuration.
 */
export async function fitWhole(
  configuration: Configuration,
  selection: Selection,
  surroundings: Surroundings & { readonly onProgress?: (fraction: number) => void },
): Promise<WholeFit> {
  const { store, signal, onProgress } = surroundings;
  const comparison = await openComparison(configuration, surroundings);
  const features = createFeatureStore(comparison, store);
  const dispose = async () => {
    await features.close();
    await comparison.dispose();
  };
  try {
    const cell = chooseCell(comparison, selection);
    const { model, layer, locator, readout, subject } = cell;
    requireRead(readout, model);
    for (const each of locator ? [model, locator] : [model])
      await features.extractMissing(each, () => {}, signal);
    const trainedOn = seenOf(
      subject,
      comparison.description.stimulusIds.map((_, position) => position),
    );
    const responses = createResponseReader(comparison.dataset);
    const source = { comparison, features, responses, subject, model, layer: layer.name, locator };
    const fit = async () => {
      const training = await readFitData(source, trainedOn);
      const hooks = { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) };
      const groups: FittedGroup[] = [];
      const common = { ...coreOf(model), seed: configuration.seed, ...hooks };
      for await (const group of fitGroups(readout, subject, { training, validation: undefined }, common))
        groups.push(group);
      return groups;
    };
    const groups = await keptOrFitted(store, keyOf(comparison, cell, trainedOn), cell, fit);
    return {
      ...{ comparison, ...cell, trainedOn, groups, dispose },
      async predict(positions) {
        const inputs = await readInputs(source, positions);
        const merged = mergeGroups(positions.length, subject.voxelIds.length);
        for (const { voxels, fitted } of groups)
          merged.add(voxels, fitted, await fitted.doPredict(inputs, signal));
        const { shape, data } = merged.finish().arrays['predictions'];
        return labelled(['stimulus', 'voxel'], [shape[0], shape[1]], data as Float32Array);
      },
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function chooseCell(comparison: OpenComparison, selection: Selection) {
  const whole = chooseOne('model', comparison.models, ({ name }) => name, selection.model);
  const known = whole.layers.map(({ name }) => name);
  if (selection.layer !== undefined && !known.includes(selection.layer))
    throw unknownLayer({ model: whole.name, layer: selection.layer, known });
  const layer = chooseOne('layer', whole.layers, ({ name }) => name, selection.layer);
  const readout = chooseOne('readout', comparison.parts.readouts, ({ name }) => name, selection.readout);
  const subject = chooseOne('subject', comparison.subjects, (each) => each.subject, selection.subject);
  const locator = comparison.locators.get(readout.name);
  return { model: { ...whole, layers: [layer] }, layer, readout, subject, locator };
}

function chooseOne<Item>(
  what: string,
  items: readonly Item[],
  nameOf: (item: Item) => string,
  wanted: string | undefined,
): Item {
  const known = items.map(nameOf);
  if (wanted === undefined) {
    if (items.length === 1) return items[0];
    throw choiceNeeded({ what, known });
  }
  const place = known.indexOf(wanted);
  if (place < 0) throw unknownId({ seam: what, id: wanted, known });
  return items[place];
}

function keyOf(
  { description }: OpenComparison,
  { model, layer, readout, subject }: ReturnType<typeof chooseCell>,
  trainedOn: readonly number[],
): string {
  const described = description.readouts.find(({ name }) => name === readout.name)!;
  const fold = { train: trainedOn, validation: [], test: [] };
  return hashOf({
    whole: fitKey(description, { model, layer: layer.name, readout: described, subject, fold }),
  });
}

async function keptOrFitted(
  store: ArtefactStore,
  key: string,
  { readout: { part }, model }: Pick<WholeFit, 'readout' | 'model'>,
  fit: () => Promise<readonly FittedGroup[]>,
): Promise<readonly FittedGroup[]> {
  if (!(await store.has(key))) await store.put(key, await toArtefact(await fit()));
  const { values, arrays } = await store.get(key);
  return (values as unknown as KeptGroups).groups.map(({ voxels, state }, i) => ({
    voxels,
    fitted: part.fromState(stateOf(state, arrays, `${i}/`), model.core),
  }));
}

interface KeptGroups {
  readonly groups: readonly { readonly voxels: readonly number[]; readonly state: Record<string, unknown> }[];
}

async function toArtefact(groups: readonly FittedGroup[]): Promise<Artefact> {
  const arrays: Record<string, Artefact['arrays'][string]> = {};
  const kept: { voxels: readonly number[]; state: Record<string, unknown> }[] = [];
  for (const [i, { voxels, fitted }] of groups.entries()) {
    const state = await fitted.toState();
    for (const [name, array] of Object.entries(state.arrays)) arrays[`${i}/${name}`] = array;
    kept.push({ voxels, state: { ...state.values } });
  }
  return { values: { groups: kept }, arrays };
}

/** One group's state out of the arrays of all. */
function stateOf(values: Record<string, unknown>, arrays: Artefact['arrays'], prefix: string): ReadoutState {
  const own = Object.entries(arrays).filter(([name]) => name.startsWith(prefix));
  const unprefixed = own.map(([name, array]) => [name.slice(prefix.length), array]);
  return { values, arrays: Object.fromEntries(unprefixed) as ReadoutState['arrays'] };
}
