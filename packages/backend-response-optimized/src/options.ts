import { ONNX_READERS, PRESETS, type PartialPreprocessing } from '@striate/backend-onnx';
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

/** What the paper's network is shown: the whole image, whatever its proportions. */
export const PAPER: readonly PartialPreprocessing[] = [PRESETS.imagenet, { resize: 'squash' }];
