// Preprocessing as people write it: the name of a preset, or a mapping of values, with or without a preset under it.

import { oneOf, readCount, readMapping, readSize, readTriple, refuse, type Place } from '../options/read.js';
import { overlay, type PartialPreprocessing, type Preprocessing } from './preprocessing.js';
import { PRESET_NAMES, PRESETS, type PresetName } from './presets.js';

type Written = Preprocessing & { readonly preset: PresetName };

const readPreset = oneOf(...PRESET_NAMES);

const READERS = {
  preset: readPreset,
  size: readSize,
  resize: oneOf('squash', 'shortest-side'),
  resizeTo: (value: unknown, at: Place) =>
    Array.isArray(value) ? readSize(value, at) : readCount(value, at),
  cropRounding: oneOf('half-even', 'floor'),
  interpolation: oneOf('nearest', 'bilinear', 'bicubic', 'lanczos'),
  scale: oneOf('0..1', '0..255', '-1..1'),
  mean: readTriple,
  sd: (value: unknown, at: Place) => {
    const sd = readTriple(value, at);
    return sd.every((number) => number > 0) ? sd : refuse(at, 'one number > 0, or three', value);
  },
  channelOrder: oneOf('rgb', 'bgr'),
  layout: oneOf('nchw', 'nhwc'),
} as const;

/**
 * Read a preprocessing; what is left out stays open.
 *
 * @param raw Name of a preset, or a mapping.
 * @throws {UsageError} `STRIATE_INVALID_OPTION`, naming the option.
 */
export function readPreprocessing(raw: unknown, at: Place): PartialPreprocessing {
  if (typeof raw === 'string') return PRESETS[readPreset(raw, at)];
  const { preset, ...values } = readMapping<Written>(raw, at, READERS);
  if (values.resize === 'shortest-side' && Array.isArray(values.resizeTo)) {
    refuse(
      { ...at, option: `${at.option}.resizeTo` },
      'one number (the length of the shorter side)',
      values.resizeTo,
    );
  }
  return preset === undefined ? values : overlay(PRESETS[preset], values);
}
