// Preprocessing as people write it: the name of a preset, or a mapping of values, with or without a preset under it.

import {
  inside,
  mapping,
  oneOf,
  optional,
  refuseOption,
  wholeNumber,
  type ReadOption,
} from '@striate/contracts';
import type { Size } from '../images/frame.js';
import { overlay, type PartialPreprocessing, type Triple } from './preprocessing.js';
import { PRESET_NAMES, PRESETS, type PresetName } from './presets.js';

const readPreset = oneOf(PRESET_NAMES);
const readCount = wholeNumber(1);

/** Height and width in pixels; one number for a square. */
const readSize: ReadOption<Size> = (given, at) => {
  const [height, width, ...more] = Array.isArray(given) ? (given as unknown[]) : [given, given];
  if (width === undefined || more.length > 0) refuseOption(at, 'one number, or two: height and width', given);
  return [readCount(height, at), readCount(width, at)];
};

/** One finite number per channel; one number for all three. */
const readTriple: ReadOption<Triple> = (given, at) => {
  const numbers: readonly unknown[] = Array.isArray(given) ? given : [given, given, given];
  if (numbers.length !== 3 || !numbers.every(Number.isFinite))
    refuseOption(at, 'one number, or three', given);
  return numbers as unknown as Triple;
};

const readValues = mapping<PartialPreprocessing & { readonly preset?: PresetName }>({
  preset: optional(readPreset),
  size: optional(readSize),
  resize: optional(oneOf(['squash', 'shortest-side'])),
  resizeTo: optional<Size | number>((given, at) =>
    Array.isArray(given) ? readSize(given, at) : readCount(given, at),
  ),
  cropRounding: optional(oneOf(['half-even', 'floor'])),
  interpolation: optional(oneOf(['nearest', 'bilinear', 'bicubic', 'lanczos'])),
  scale: optional(oneOf(['0..1', '0..255', '-1..1'])),
  mean: optional(readTriple),
  sd: optional((given, at) => {
    const sd = readTriple(given, at);
    return sd.every((number) => number > 0) ? sd : refuseOption(at, 'one number > 0, or three', given);
  }),
  channelOrder: optional(oneOf(['rgb', 'bgr'])),
  layout: optional(oneOf(['nchw', 'nhwc'])),
});

/**
 * Read a preprocessing; what is left out stays open.
 *
 * @param given Name of a preset, or a mapping.
 * @throws {UsageError} `STRIATE_INVALID_OPTION`, naming the option.
 */
export const readPreprocessing: ReadOption<PartialPreprocessing> = (given, at) => {
  if (typeof given === 'string') return PRESETS[readPreset(given, at)];
  const { preset, ...values } = readValues(given, at);
  if (values.resize === 'shortest-side' && Array.isArray(values.resizeTo)) {
    const expected = 'one number (the length of the shorter side)';
    refuseOption(inside(at, 'resizeTo'), expected, values.resizeTo);
  }
  return preset === undefined ? values : overlay(PRESETS[preset], values);
};
