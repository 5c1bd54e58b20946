// What happens to an image before a network sees it. Every value has to come from somewhere: the options, a card beside
// the model, its metadata, the graph itself. What nobody says is asked for, never guessed.

import { invalidOption, preprocessingUnknown } from '@striate/contracts';
import type { Interpolation } from '../images/filters.js';
import type { Framing } from '../images/frame.js';

export type Triple = readonly [number, number, number];

export interface Preprocessing extends Framing {
  readonly interpolation: Interpolation;
  /** Range that the bytes are brought to, before `mean` and `sd`. `-1..1` is x / 127.5 - 1. */
  readonly scale: '0..1' | '0..255' | '-1..1';
  /** Subtracted, in the network's order of channels. */
  readonly mean: Triple;
  /** Divided by, in the network's order of channels. */
  readonly sd: Triple;
  readonly channelOrder: 'rgb' | 'bgr';
  readonly layout: 'nchw' | 'nhwc';
}

export type PartialPreprocessing = Partial<Preprocessing>;

/** Values that mean nothing without each other: who says anew the first, says anew the others. */
const TOGETHER: readonly [keyof Preprocessing, readonly (keyof Preprocessing)[]][] = [
  ['size', ['resizeTo']],
  ['resize', ['resizeTo']],
  ['scale', ['mean', 'sd']],
];

/** Lay values over weaker ones. */
export function overlay(weak: PartialPreprocessing, strong: PartialPreprocessing): PartialPreprocessing {
  const renewed = TOGETHER.filter(([first]) => strong[first] !== undefined).flatMap(([, others]) => others);
  const kept = Object.entries(weak).filter(([key]) => !renewed.includes(key as keyof Preprocessing));
  return { ...(Object.fromEntries(kept) as PartialPreprocessing), ...strong };
}

/**
 * Make one whole preprocessing of what several sources say.
 *
 * @param sources Weakest first; a later one wins.
 * @param model   For messages.
 * @throws {UsageError} `STRIATE_PREPROCESSING_UNKNOWN` naming what no source says; `STRIATE_INVALID_OPTION` if the crop
 *   is larger than what it is cut from.
 */
export function completePreprocessing(
  sources: readonly PartialPreprocessing[],
  model: string,
): Preprocessing {
  const given = withDefaults(sources.reduce(overlay, {}));
  const required = ['size', 'resize', 'resizeTo', 'interpolation', 'scale', 'mean', 'sd', 'layout'] as const;
  const missing = required.filter((key) => given[key] === undefined);
  if (missing.length > 0) throw preprocessingUnknown({ model, missing });
  const whole = given as Preprocessing;
  assertCropFits(whole, model);
  return whole;
}

/** Only what follows from something said, or is the same for all but a marked few. */
function withDefaults(given: PartialPreprocessing): PartialPreprocessing {
  return {
    channelOrder: 'rgb',
    cropRounding: 'half-even',
    ...(given.resize === 'squash' && given.size ? { resizeTo: given.size } : {}),
    ...(given.scale === '-1..1' ? { mean: [0, 0, 0] as const, sd: [1, 1, 1] as const } : {}),
    ...given,
  };
}

function assertCropFits({ size, resizeTo }: Preprocessing, model: string): void {
  const [height, width] = typeof resizeTo === 'number' ? [resizeTo, resizeTo] : resizeTo;
  if (height >= size[0] && width >= size[1]) return;
  throw invalidOption({
    who: model,
    option: 'preprocessing.resizeTo',
    expected: `at least the size that the network sees, ${size.join(' x ')}`,
    actual: `${height} x ${width}`,
  });
}

/** A preprocessing as a part of fingerprints: the same values are the same text, whatever the order that they were said in. */
export function determinantsOf(preprocessing: Preprocessing): readonly (readonly [string, unknown])[] {
  return Object.entries(preprocessing).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Say a preprocessing in words and numbers, as the methods paragraph prints it. */
export function describePreprocessing(preprocessing: Preprocessing): string {
  const { interpolation, scale, mean, sd, channelOrder, layout } = preprocessing;
  const filter = interpolation === 'nearest' ? interpolation : `${interpolation}, antialiased as in Pillow`;
  return [
    `RGB without colour management`,
    `${describeFrame(preprocessing)} (${filter})`,
    `values in ${scale}, mean [${mean.join(', ')}] subtracted, divided by [${sd.join(', ')}]`,
    `channels ${channelOrder}, ${layout}`,
  ].join('; ');
}

function describeFrame({ size, resize, resizeTo }: Framing): string {
  const seen = size.join(' x ');
  const whole = typeof resizeTo === 'number' ? `${resizeTo} x ${resizeTo}` : resizeTo.join(' x ');
  if (resize === 'shortest-side')
    return `shorter side resized to ${String(resizeTo)}, central ${seen} pixels kept`;
  const crop = whole === seen ? '' : `, central ${seen} pixels kept`;
  return `resized to ${whole} pixels whatever the proportions${crop}`;
}
