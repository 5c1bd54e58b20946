import { stimulusLacks } from '@striate/contracts';
import type { Reading } from './reading.js';

/** Read all captions of a stimulus; its features are the mean of their embeddings. */
export function readCaptions(model: string): Reading {
  return {
    needs: 'captions',
    description: 'mean over the captions of an image',
    axes: ['feature'],
    shapeOf: (width) => [width],
    textsOf({ id, captions }) {
      if (!captions?.length) throw stimulusLacks({ stimulus: id, what: 'caption', model });
      return captions;
    },
    place(vectors, row) {
      for (let i = 0; i < row.length; i++)
        row[i] = vectors.reduce((sum, vector) => sum + vector![i], 0) / vectors.length;
    },
  };
}
