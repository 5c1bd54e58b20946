// The features that the responses are made of: how a scene looks, and what it means.

import { orientedEnergy } from './oriented-energy.js';
import type { SyntheticOptions } from './options.js';
import { randomStream } from './random.js';
import { renderScene } from './render.js';
import { COLOURS, drawScenes, SHAPES, type Scene } from './scene.js';

/** [stimulus, feature], each feature z-scored over the stimuli. */
export interface PlantedFeatures {
  readonly nFeatures: number;
  readonly values: Float64Array;
}

export function scenesOf({ nStimuli, seed }: SyntheticOptions): Scene[] {
  return drawScenes(nStimuli, randomStream(seed, 'scenes'));
}

export function stimulusIdsOf({ nStimuli }: SyntheticOptions): string[] {
  return Array.from(
    { length: nStimuli },
    (_, i) => `scene${String(i + 1).padStart(String(nStimuli).length, '0')}`,
  );
}

/** Oriented energy of the image, 64 features. */
export function visionFeatures(scenes: readonly Scene[], imageSize: number): PlantedFeatures {
  return zScored(scenes.map((scene) => orientedEnergy(renderScene(scene, imageSize), imageSize)));
}

/** Shape and colour of the object, one indicator each: 10 features. */
export function meaningFeatures(scenes: readonly Scene[]): PlantedFeatures {
  return zScored(
    scenes.map(({ object }) => {
      const indicators = new Float64Array(SHAPES.length + COLOURS.length);
      indicators[object.shape] = 1;
      indicators[SHAPES.length + object.colour] = 1;
      return indicators;
    }),
  );
}

/** A feature that never changes becomes zero. */
function zScored(rows: readonly Float64Array[]): PlantedFeatures {
  const [n, nFeatures] = [rows.length, rows[0].length];
  const values = new Float64Array(n * nFeatures);
  for (let k = 0; k < nFeatures; k++) {
    const mean = rows.reduce((sum, row) => sum + row[k], 0) / n;
    const sd = Math.sqrt(rows.reduce((sum, row) => sum + (row[k] - mean) ** 2, 0) / n);
    rows.forEach((row, i) => (values[i * nFeatures + k] = sd > 0 ? (row[k] - mean) / sd : 0));
  }
  return { nFeatures, values };
}
