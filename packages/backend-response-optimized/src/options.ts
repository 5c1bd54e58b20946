import { ONNX_READERS, type PartialPreprocessing } from '@striate/backend-onnx';
import { optionsParser, wholeNumber, type OptionsOf } from '@striate/contracts';

const READERS = {
  /** Regular fields of each convolution; a field is 8 channels. */
  fields: wholeNumber(1, 48),
  /** Laid over {@link PAPER}. */
  preprocessing: ONNX_READERS.preprocessing,
};

export type ResponseOptimizedOptions = OptionsOf<typeof READERS>;

/**
 * Read the options of the backend `response-optimized`.
 *
 * @throws {UsageError} `STRIATE_INVALID_OPTION`, naming the option.
 */
export const parseResponseOptimizedOptions = optionsParser('response-optimized', READERS);

/** What the paper's network is shown. */
export const PAPER: PartialPreprocessing = {
  size: [224, 224],
  resize: 'squash',
  interpolation: 'bilinear',
  scale: '0..1',
  mean: [0.485, 0.456, 0.406],
  sd: [0.229, 0.224, 0.225],
};
