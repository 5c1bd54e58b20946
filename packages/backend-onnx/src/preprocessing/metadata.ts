// Preprocessing that an ONNX file states about itself, under `preprocessing` or `preprocess` in its metadata: our own
// JSON, or one line as model zoos write it ("RGB 224x224, x/255, (x-mean)/std, mean=[...] std=[...], NCHW"). A line is
// believed only if every word of it is understood.

import type { PartialPreprocessing, Triple } from './preprocessing.js';
import { readPreprocessing } from './read-preprocessing.js';

type Metadata = ReadonlyMap<string, string>;

/**
 * Read the preprocessing that the metadata of a model state.
 *
 * @param path For messages.
 * @returns What is stated beyond doubt; empty if nothing is.
 * @throws {UsageError} `STRIATE_INVALID_OPTION` if it is JSON with a wrong value.
 */
export function readMetadataPreprocessing(metadata: Metadata, path: string): PartialPreprocessing {
  const text = metadata.get('preprocessing') ?? metadata.get('preprocess');
  if (text === undefined) return {};
  const json = parseJson(text);
  if (json !== undefined) return readPreprocessing(json, { who: path, option: 'preprocessing' });
  return readLine(text);
}

function parseJson(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not ours
  }
}

const TRIPLE = String.raw`\[\s*([\d.]+)\s*,\s*([\d.]+)\s*,\s*([\d.]+)\s*\]`;

/** What may stand in the line, and what it says. The scaled range is settled once the whole line is read. */
const PHRASES: readonly [RegExp, (match: RegExpMatchArray) => PartialPreprocessing][] = [
  [/\b(RGB|BGR)\b/, ([, order]) => ({ channelOrder: order.toLowerCase() as 'rgb' | 'bgr' })],
  [/\b(\d+)\s*x\s*(\d+)\b/, ([, height, width]) => ({ size: [Number(height), Number(width)] })],
  [/\b(NCHW|NHWC)\b/, ([, layout]) => ({ layout: layout.toLowerCase() as 'nchw' | 'nhwc' })],
  [new RegExp(`mean\\s*=\\s*${TRIPLE}`), (match) => ({ mean: triple(match) })],
  [new RegExp(`(?:std|sd)\\s*=\\s*${TRIPLE}`), (match) => ({ sd: triple(match) })],
  [/x\s*\/\s*127\.5\s*-\s*1\b/, () => ({ scale: '-1..1' })],
  [/x\s*\/\s*255(\.0)?\b/, () => ({ scale: '0..1' })],
  [/\(x\s*-\s*mean\)\s*\/\s*(std|sd)/, () => ({})],
  [/\(i\.e\.\s*\(x\s*-\s*127\.5\)\s*\/\s*127\.5\)/, () => ({})],
];

function readLine(text: string): PartialPreprocessing {
  let rest = text;
  let stated: PartialPreprocessing = {};
  for (const [phrase, read] of PHRASES) {
    const match = rest.match(phrase);
    if (!match) continue;
    stated = { ...stated, ...read(match) };
    rest = rest.replace(phrase, ' ');
  }
  const isUnderstood = /^[\s,;]*$/.test(rest);
  return isUnderstood ? stated : {};
}

function triple(match: RegExpMatchArray): Triple {
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}
