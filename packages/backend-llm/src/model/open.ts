// A language model as a loaded model: it reads the captions of a stimulus.

import { usedAfterDispose, type LayerInfo, type LoadedModel } from '@striate/contracts';
import { readCaptionGrid } from '../reading/caption-grid.js';
import { readCaptions } from '../reading/captions.js';
import { openTokenizer, type Tokenizer } from '../text/tokenizer.js';
import { describeModel, type ModelRequest } from './describe.js';
import { extractFeatures } from './extract.js';
import type { LanguageModel } from './language-model.js';
import { listLayers } from './list-layers.js';

/**
 * Open a language model. Its network is read once, for its hash and its structure; the tokenizer and a session are opened
 * when features are asked for.
 *
 * @throws {DataError} `STRIATE_FILE_MISSING`, `STRIATE_MODEL_FILE_MALFORMED`, `STRIATE_ONNX_MALFORMED`,
 *   `STRIATE_NOT_OF_FAMILY`.
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` for a network whose texts would depend on their company.
 * @remarks Texts of one length are run together, in batches of one size and with nodes unfused, so that a text gives the
 *   same bits in whatever company; nothing is padded.
 */
export async function openModel(request: ModelRequest): Promise<LoadedModel> {
  const { id, folder, options } = request;
  const { model, card, fingerprint } = await describeModel(request);
  const reading = options.input === 'captions' ? readCaptions(id) : readCaptionGrid(id, options.grid);
  let isDisposed = false;
  const assertUsable = () => {
    if (isDisposed) throw usedAfterDispose(`Model "${id}"`);
  };
  let layers: Promise<readonly LayerInfo[]> | undefined;
  const list = async () => {
    assertUsable();
    layers ??= listLayers(model, reading);
    return layers;
  };
  let tokenizer: Promise<Tokenizer> | undefined;
  const tokenize = () => (tokenizer ??= openTokenizer(folder, model.maxTokens));
  const extraction = { model, reading, openTokenizer: tokenize, listLayers: list, assertUsable };
  return {
    card: { ...card, preprocessing: `${describeTexts(model)}; ${reading.description}` },
    fingerprint,
    needs: reading.needs,
    listLayers: list,
    async checkStimuli(stimuli) {
      assertUsable();
      for (const stimulus of stimuli) reading.textsOf(stimulus);
    },
    doExtract: (extract) => extractFeatures(extraction, extract),
    async dispose() {
      isDisposed = true;
    },
  };
}

/** How texts become vectors, in words. */
function describeTexts({ layers, maxTokens }: LanguageModel): string {
  const hidden = layers.find(({ name }) => name !== 'embedding');
  const length = maxTokens === Infinity ? 'whatever their length' : `cut behind ${maxTokens} tokens`;
  return `texts ${length}` + (hidden ? `; of hidden layers ${POOLED[hidden.pooling!]}` : '');
}

const POOLED = { mean: 'the mean over tokens', cls: 'the first token', last: 'the last token' } as const;
