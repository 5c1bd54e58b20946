import { mapping, text, wholeNumber, type OptionsOf } from '@striate/contracts';
import { readPreprocessing } from '../preprocessing/read-preprocessing.js';
import { CARD_READERS } from './card.js';

/** Readers of the options that every backend on an ONNX network has. */
export const ONNX_READERS = {
  /** What is left out stays open: card, metadata and graph may say it. */
  preprocessing: readPreprocessing,
  card: mapping(CARD_READERS),
  /** 8 is large enough to keep two cores busy, and small enough that a batch of feature maps stays near 100 MB. */
  batchSize: wholeNumber(1, 8),
};

/** Holds models by their names on the Hugging Face hub, for backends that look for them there; relative to the configuration. */
export const readModelsFolder = text('the path of a folder', 'models');

export type OnnxOptions = OptionsOf<typeof ONNX_READERS>;
