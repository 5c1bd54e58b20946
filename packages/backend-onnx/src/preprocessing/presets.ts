// Preprocessings that have a name.

import type { PartialPreprocessing } from './preprocessing.js';

export const PRESETS = {
  /** Torchvision's evaluation transform of ImageNet classifiers. */
  imagenet: {
    size: [224, 224],
    resize: 'shortest-side',
    resizeTo: 256,
    interpolation: 'bilinear',
    scale: '0..1',
    mean: [0.485, 0.456, 0.406],
    sd: [0.229, 0.224, 0.225],
  },
  /** OpenAI's CLIP. */
  clip: {
    size: [224, 224],
    resize: 'shortest-side',
    resizeTo: 224,
    interpolation: 'bicubic',
    scale: '0..1',
    mean: [0.48145466, 0.4578275, 0.40821073],
    sd: [0.26862954, 0.26130258, 0.27577711],
  },
} as const satisfies Readonly<Record<string, PartialPreprocessing>>;

export type PresetName = keyof typeof PRESETS;

export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];
