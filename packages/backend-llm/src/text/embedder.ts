// Texts to vectors: one session on the network cut behind the layers asked for, batch after batch.

import { readNetwork } from '@striate/backend-onnx';
import { encodeModel, openSession, tapLayers, type Session } from '@striate/compute';
import { modelRunFailed, StriateError } from '@striate/contracts';
import type { LanguageModel, TextLayer } from '../model/language-model.js';
import { feedTexts } from '../model/text-inputs.js';
import { batchByLength, type TokenisedText } from './batches.js';
import type { Tokenizer } from './tokenizer.js';
import { isReadable, readVectors } from './vectors.js';

/** The vectors of a text, one per layer, [feature]. */
export type TextVectors = readonly Float32Array[];

export interface Embedder {
  /**
   * Embed texts; one that was embedded lately is not embedded again.
   *
   * @throws {DataError} `STRIATE_MODEL_RUN_FAILED`.
   */
  embed(texts: readonly string[]): Promise<ReadonlyMap<string, TextVectors>>;
  dispose(): Promise<void>;
}

/** Texts whose vectors are kept for when they come again: 40 MB with twelve layers of 768 features. */
const KEPT_TEXTS = 1024;

/**
 * Open an embedder.
 *
 * @param assertGoing Asked before each batch.
 * @throws {DataError} `STRIATE_ONNX_MALFORMED` and what else opening a session throws.
 */
export async function openEmbedder(
  model: LanguageModel,
  layers: readonly TextLayer[],
  tokenize: Tokenizer,
  assertGoing: () => void,
): Promise<Embedder> {
  const values = [...new Set(layers.map(({ value }) => value))];
  const network = await readNetwork({ path: model.path, backend: 'llm' });
  const session = await openSession(encodeModel(tapLayers(network, values, model.id)), model.session);
  const known = new Map<string, TextVectors>();
  return {
    async embed(texts) {
      const fresh = [...new Set(texts)].filter((text) => !known.has(text));
      const tokenised = fresh.map((text) => ({ text, ids: tokenise(model, tokenize, text) }));
      for (const batch of batchByLength(tokenised, model.batchSize)) {
        assertGoing();
        const vectors = await runBatch(model, layers, session, batch);
        batch.forEach(({ text }, i) => known.set(text, vectors[i]));
      }
      const wanted = new Map(texts.map((text) => [text, known.get(text)!]));
      for (const text of [...known.keys()].slice(0, -KEPT_TEXTS)) known.delete(text);
      return wanted;
    },
    dispose: () => session.dispose(),
  };
}

function tokenise({ id }: LanguageModel, tokenize: Tokenizer, text: string): readonly number[] {
  const ids = tokenize(text);
  if (ids.length > 0) return ids;
  throw modelRunFailed({ model: id, reason: `the caption "${text}" has no tokens` });
}

/** A batch that is not full is filled up with its last text, so that arithmetic is the same for any number. */
async function runBatch(
  { id, inputs, batchSize }: LanguageModel,
  layers: readonly TextLayer[],
  session: Session,
  batch: readonly TokenisedText[],
): Promise<readonly TextVectors[]> {
  const texts = Array.from({ length: batchSize }, (_, i) => batch[Math.min(i, batch.length - 1)].ids);
  const used = inputs.filter(({ name }) => session.inputNames.includes(name));
  const values = await explainFailure(id, () => session.run(feedTexts(used, texts)));
  const byLayer = layers.map((layer) => {
    const value = values[layer.value];
    if (isReadable(layer, value, batchSize)) return readVectors(layer, value, batch.length);
    const reason = `layer "${layer.name}" is ${value.dtype} [${value.shape.join(', ')}] for ${batchSize} texts`;
    throw modelRunFailed({ model: id, reason });
  });
  return batch.map((_, i) => byLayer.map((vectors) => vectors[i]));
}

/** Run, and say whose failure it is if it fails. */
export async function explainFailure<Result>(model: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (cause) {
    if (StriateError.isInstance(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw modelRunFailed({ model, reason, cause });
  }
}
