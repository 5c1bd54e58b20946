import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeModel, type OnnxModel } from '@striate/compute';
import type { LoadedModel, Stimulus } from '@striate/contracts';
import { createLlmBackend } from '../llm-backend.js';

/** Absolute path of the folder of the tiny models. */
export const FIXTURES = fileURLToPath(new URL('.', import.meta.url));

type Pooled = Readonly<Record<'mean' | 'cls' | 'last', readonly number[]>>;

interface TextReference {
  readonly ids: readonly number[];
  /** Of every block, then of the last hidden state where it is an output. */
  readonly states: readonly Pooled[];
  readonly embedding: readonly number[];
}

const json = JSON.parse(readFileSync(join(FIXTURES, 'reference.json'), 'utf8')) as unknown;

export const SENTENCES = (json as { sentences: readonly string[] }).sentences;

/** What torch makes of {@link SENTENCES}. */
export const REFERENCE = json as Readonly<Record<string, readonly TextReference[]>>;

export async function readTinyNetwork(path: string): Promise<OnnxModel> {
  return decodeModel(await readFile(join(FIXTURES, path)), path);
}

export async function loadTiny(
  model: string,
  options: object = {},
  baseFolder = FIXTURES,
): Promise<LoadedModel> {
  const backend = createLlmBackend();
  return backend.doLoad(model, backend.parseOptions(options), { baseFolder, device: 'cpu' });
}

/** One stimulus with these captions. */
export const captioned = (...captions: string[]): Stimulus => ({ id: captions.join(' / '), captions });

/** Features of each stimulus at one layer. */
export async function featuresOf(
  model: LoadedModel,
  stimuli: readonly Stimulus[],
  layer = 'embedding',
): Promise<number[][]> {
  const rows: number[][] = [];
  for await (const { count, layers } of model.doExtract({ stimuli, layers: [layer] })) {
    const data = layers.get(layer)!;
    const length = data.length / count;
    for (let i = 0; i < count; i++) rows.push(Array.from(data.subarray(i * length, (i + 1) * length)));
  }
  return rows;
}

/** The largest difference between two vectors. */
export function largestDifference(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== expected.length) return Infinity;
  return Math.max(...actual.map((value, i) => Math.abs(value - expected[i])));
}
