import { ONNX_READERS, readModelsFolder } from '@striate/backend-onnx';
import {
  flag,
  mapping,
  oneOf,
  optional,
  optionsParser,
  wholeNumber,
  type OptionsOf,
} from '@striate/contracts';
import { POOLINGS } from './text/pool.js';

const READERS = {
  /** What of a stimulus is read: all its captions, averaged; or those of the cells of a grid over the image. */
  input: oneOf(['captions', 'caption-grid'], 'captions'),
  /** Cells of the grid. */
  grid: mapping({ height: wholeNumber(1, 8), width: wholeNumber(1, 8) }),
  /** How the tokens of a hidden layer become one vector; left out: `last` for causal models, `mean` for others. */
  pooling: optional(oneOf(POOLINGS)),
  /** The recipe of `embedding`; what is left out stays as the files of the model say it. */
  embedding: mapping({ pooling: optional(oneOf(POOLINGS)), isNormalised: optional(flag()) }),
  /** Longer texts are cut; left out: what the files of the model say. */
  maxTokens: optional(wholeNumber(3)),
  card: ONNX_READERS.card,
  /** Texts of one length that are run together. */
  batchSize: ONNX_READERS.batchSize,
  modelsFolder: readModelsFolder,
};

export type LlmOptions = OptionsOf<typeof READERS>;

/**
 * Read the options of the backend `llm`.
 *
 * @throws {UsageError} `STRIATE_INVALID_OPTION`, naming the option.
 */
export const parseLlmOptions = optionsParser('llm', READERS);
