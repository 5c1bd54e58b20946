import { shapeMismatch, stimulusLacks } from '@striate/contracts';
import type { Reading } from './reading.js';

/**
 * Read the captions of the cells of a grid over the image; features are a map [channel, height, width] of their
 * embeddings, zero where nothing is described.
 */
export function readCaptionGrid(
  model: string,
  { height, width }: { height: number; width: number },
): Reading {
  const nCells = height * width;
  return {
    needs: 'caption-grid',
    description: `a grid of ${height} x ${width} captions over the image, zero in cells without one`,
    axes: ['channel', 'height', 'width'],
    shapeOf: (nChannels) => [nChannels, height, width],
    textsOf({ id, captionGrid: grid }) {
      if (!grid) throw stimulusLacks({ stimulus: id, what: 'grid of captions', model });
      if (grid.height === height && grid.width === width && grid.cells.length === nCells) return grid.cells;
      throw shapeMismatch({
        what: `the grid of captions of stimulus "${id}"`,
        expected: `[height ${height}, width ${width}], ${nCells} cells`,
        actual: `[height ${grid.height}, width ${grid.width}], ${grid.cells.length} cells`,
        hint: `Say the size of the grids in the options of the model "${model}": grid: { height: ${grid.height}, width: ${grid.width} }.`,
      });
    },
    place(vectors, row) {
      vectors.forEach((vector, cell) => {
        vector?.forEach((value, channel) => (row[channel * nCells + cell] = value));
      });
    },
  };
}
