// Features computed elsewhere: an array with a row per stimulus, and the ids of its rows. Joined by id, never by order.

import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import {
  describeShape,
  fileMissing,
  idsDiffer,
  mapping,
  optional,
  optionsParser,
  shapeMismatch,
  text,
  usedAfterDispose,
  type Backend,
  type LayerInfo,
  type LoadedModel,
  type OptionsOf,
  type Stimulus,
} from '@striate/contracts';
import { openNpy, type NpyFile } from '@striate/npy';
import { AXES_BY_RANK } from '../layer-axes.js';
import { hashFile } from '../model/network-file.js';
import { CARD_READERS, type CardOptions } from '../options/card.js';
import { readIds } from './ids.js';
import { readFeatures } from './read-features.js';

const READERS = {
  /** File of the ids; left out: `<name>.ids.txt` or `<name>.ids.csv` beside the array. */
  ids: optional(text('the path of a file')),
  card: mapping(CARD_READERS),
};

export type FeaturesOptions = OptionsOf<typeof READERS>;

const FEATURES_VERSION = 1;

/** Create the backend `features`; a model is the path of a `.npy` file, its only layer is called `features`. */
export function createFeaturesBackend(): Backend<FeaturesOptions> {
  return {
    specVersion: 'v1',
    id: 'features',
    title: 'Features computed elsewhere',
    offers: ['frozen-encoder'],
    listModels: () => [],
    parseOptions: optionsParser('features', READERS),
    async doLoad(model, options, context) {
      const path = resolve(context.baseFolder, model);
      const file = await openNpy(path);
      try {
        const idsPath = await findIds(path, options.ids && resolve(context.baseFolder, options.ids));
        return await describeFeatures(file, idsPath, options.card);
      } catch (error) {
        await file.close();
        throw error;
      }
    },
  };
}

async function findIds(path: string, given: string | undefined): Promise<string> {
  const stem = path.replace(/\.npy$/i, '');
  const candidates = given === undefined ? [`${stem}.ids.txt`, `${stem}.ids.csv`] : [given];
  for (const candidate of candidates) {
    const isThere = await access(candidate).then(
      () => true,
      () => false,
    );
    if (isThere) return candidate;
  }
  throw fileMissing({ path: candidates.join('" or "'), what: `The list of ids of "${path}"` });
}

async function describeFeatures(file: NpyFile, idsPath: string, card: CardOptions): Promise<LoadedModel> {
  const { path } = file;
  const rows = await readIds(idsPath);
  const layer = describeLayer(file, rows.size, idsPath);
  const name = basename(path).replace(/\.npy$/i, '');
  const digests = [await hashFile(path, 'Features'), await hashFile(idsPath, 'Ids')];
  const determinants = JSON.stringify([FEATURES_VERSION, ...digests]);
  let isDisposed = false;
  const assertUsable = () => {
    if (isDisposed) throw usedAfterDispose(`Features "${name}"`);
  };
  return {
    card: {
      title: name,
      family: 'other',
      ...card,
      id: name,
      preprocessing: 'features computed elsewhere',
    },
    fingerprint: createHash('sha256').update(determinants).digest('hex'),
    needs: 'id',
    async listLayers() {
      assertUsable();
      return [layer];
    },
    async checkStimuli(stimuli) {
      assertUsable();
      assertKnown(stimuli, rows, idsPath);
    },
    async *doExtract(request) {
      assertUsable();
      assertKnown(request.stimuli, rows, idsPath);
      yield* readFeatures({ file, rows, layer, name }, request, assertUsable);
    },
    async dispose() {
      if (!isDisposed) await file.close();
      isDisposed = true;
    },
  };
}

function describeLayer({ shape, path }: NpyFile, nIds: number, idsPath: string): LayerInfo {
  const axes = AXES_BY_RANK[shape.length];
  if (!axes) {
    throw shapeMismatch({
      what: `features in "${path}"`,
      expected: '[stimulus, feature], [stimulus, token, feature] or [stimulus, channel, height, width]',
      actual: `[${shape.join(', ')}]`,
      hint: 'Reshape the array, one row per stimulus.',
    });
  }
  if (shape[0] !== nIds) {
    throw shapeMismatch({
      what: `features in "${path}"`,
      expected: `one row per id, ${nIds} in "${idsPath}"`,
      actual: describeShape(['stimulus', ...axes], shape),
      hint: 'Give one id per row, in the order of the rows.',
    });
  }
  return { name: 'features', axes, shape: shape.slice(1), depth: 0 };
}

/** Ids that nobody asks for are no error: features may be there for more stimuli than a dataset shows. */
function assertKnown(stimuli: readonly Stimulus[], rows: ReadonlyMap<string, number>, idsPath: string): void {
  const missing = stimuli.map((stimulus) => stimulus.id).filter((id) => !rows.has(id));
  if (missing.length === 0) return;
  throw idsDiffer({ left: 'the stimuli', right: `"${idsPath}"`, onlyLeft: missing, onlyRight: [] });
}
