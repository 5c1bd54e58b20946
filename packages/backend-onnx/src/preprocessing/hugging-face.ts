// `preprocessor_config.json` of Hugging Face, in the dialects of the processors that image classifiers have.

import { preprocessorConfigUnread } from '@striate/contracts';
import type { Interpolation } from '../images/filters.js';
import type { PartialPreprocessing, Triple } from './preprocessing.js';

interface PreprocessorConfig {
  readonly image_processor_type?: string;
  readonly feature_extractor_type?: string;
  readonly do_resize?: boolean;
  readonly do_center_crop?: boolean;
  readonly do_rescale?: boolean;
  readonly do_normalize?: boolean;
  readonly size?: number | { shortest_edge?: number; height?: number; width?: number };
  readonly crop_size?: number | { height: number; width: number };
  readonly crop_pct?: number;
  readonly resample?: number;
  readonly rescale_factor?: number;
  readonly image_mean?: Triple;
  readonly image_std?: Triple;
}

/** Pillow's numbers of its filters. */
const FILTER_NUMBERS: readonly (Interpolation | undefined)[] = ['nearest', 'lanczos', 'bilinear', 'bicubic'];

/** From this size on, ConvNeXt's processor squashes instead of cropping. */
const CONVNEXT_SQUASHES_FROM = 384;

/**
 * Translate a `preprocessor_config.json`.
 *
 * @param json Parsed file.
 * @param path For messages.
 * @throws {DataError} `STRIATE_PREPROCESSOR_CONFIG_UNREAD` if it says something that is not understood here.
 * @source `ConvNextImageProcessor`, `ViTImageProcessor` and `CLIPImageProcessor` of transformers.
 */
export function preprocessingFromHuggingFace(json: unknown, path: string): PartialPreprocessing {
  const config = json as PreprocessorConfig;
  const fail = (reason: string) => preprocessorConfigUnread({ path, reason });
  if (typeof json !== 'object' || json === null) throw fail('it is no mapping');
  if (config.do_resize === false) throw fail('"do_resize" is false, so that images may have any size');
  const interpolation = FILTER_NUMBERS[config.resample ?? 2];
  if (!interpolation) throw fail(`"resample" is ${config.resample}`);
  const frame = isConvNext(config) ? frameConvNext(config) : frameOther(config);
  if (!frame) throw fail('"size" and "crop_size" do not say the size that the network sees');
  return { ...frame, interpolation, cropRounding: 'floor', channelOrder: 'rgb', ...readRange(config, fail) };
}

function isConvNext(config: PreprocessorConfig): boolean {
  return /^ConvNext/.test(config.image_processor_type ?? config.feature_extractor_type ?? '');
}

/** The shorter side becomes `size / crop_pct`, then the middle is cropped; large sizes are squashed. */
function frameConvNext({ size, crop_pct: part = 224 / 256 }: PreprocessorConfig) {
  const edge = typeof size === 'number' ? size : size?.shortest_edge;
  if (edge === undefined) return undefined;
  const seen = [edge, edge] as const;
  return edge >= CONVNEXT_SQUASHES_FROM
    ? ({ size: seen, resize: 'squash' } as const)
    : ({ size: seen, resize: 'shortest-side', resizeTo: Math.trunc(edge / part) } as const);
}

function frameOther({ size, crop_size: crop, do_center_crop: doCrop }: PreprocessorConfig) {
  const resizeTo = typeof size === 'number' ? size : size?.shortest_edge;
  const whole =
    typeof size === 'object' && size.height && size.width ? ([size.height, size.width] as const) : undefined;
  if (doCrop === false || crop === undefined) {
    const seen = whole ?? (typeof size === 'number' ? ([size, size] as const) : undefined);
    return seen && ({ size: seen, resize: 'squash' } as const);
  }
  const seen = typeof crop === 'number' ? ([crop, crop] as const) : ([crop.height, crop.width] as const);
  if (whole) return { size: seen, resize: 'squash', resizeTo: whole } as const;
  return resizeTo === undefined ? undefined : ({ size: seen, resize: 'shortest-side', resizeTo } as const);
}

function readRange(config: PreprocessorConfig, fail: (reason: string) => Error) {
  const {
    do_rescale: doRescale = true,
    rescale_factor: factor = 1 / 255,
    do_normalize: doNormalize,
  } = config;
  if (doRescale && Math.abs(factor * 255 - 1) > 1e-6) throw fail(`"rescale_factor" is ${factor}`);
  const scale = doRescale ? ('0..1' as const) : ('0..255' as const);
  if (doNormalize === false) return { scale, mean: [0, 0, 0] as const, sd: [1, 1, 1] as const };
  if (!config.image_mean || !config.image_std) throw fail('"image_mean" or "image_std" is missing');
  return { scale, mean: config.image_mean, sd: config.image_std };
}
