import { readPreprocessing } from '../preprocessing/read-preprocessing.js';
import type { PartialPreprocessing } from '../preprocessing/preprocessing.js';
import { CARD_READERS, type CardOptions } from './card.js';
import { readCount, readMapping, type Place } from './read.js';

export interface OnnxOptions {
  readonly preprocessing: PartialPreprocessing;
  readonly card: CardOptions;
  readonly batchSize: number;
}

/** Large enough to keep two cores busy, small enough that a batch of feature maps stays near 100 MB. */
const DEFAULT_BATCH_SIZE = 8;

/** Readers of the options that every backend on an ONNX network has. */
export const ONNX_READERS = {
  preprocessing: readPreprocessing,
  card: (value: unknown, at: Place): CardOptions => readMapping<CardOptions>(value, at, CARD_READERS),
  batchSize: readCount,
} as const;

export const ONNX_DEFAULTS: OnnxOptions = { preprocessing: {}, card: {}, batchSize: DEFAULT_BATCH_SIZE };

/**
 * Read the options of the `onnx` backend.
 * @throws {UsageError} `STRIATE_INVALID_OPTION`, naming the option.
 */
export function parseOnnxOptions(raw: unknown): OnnxOptions {
  const given = readMapping<OnnxOptions>(raw ?? {}, { who: 'onnx', option: '' }, ONNX_READERS);
  return { ...ONNX_DEFAULTS, ...given };
}
