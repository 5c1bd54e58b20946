import { captionGridOf, captionsOf } from './captions.js';
import { randomStream } from './random.js';
import { COLOURS, drawScenes, SHAPES } from './scene.js';

const grating = { angle: 0, wavelength: 4, phase: 0, contrast: 0.5 };
const square = { shape: SHAPES.indexOf('square'), colour: COLOURS.indexOf('blue') };

describe('captionGridOf', () => {
  it('names the object where any of it stands, stripes where a patch is strong, and nothing elsewhere', () => {
    // The square reaches 0.85 radii from its middle: 0.15 to 0.35 across, 0.4 to 0.6 down. A cell is 0.125 wide.
    const object = { ...square, x: 0.25, y: 0.5, radius: 0.1 / 0.85, grating };
    const behind = { x: 0.25, y: 0.5, radius: 0.1, grating };
    const patch = { x: 0.75, y: 0.25, radius: 0.1, grating };
    const { height, width, cells } = captionGridOf({ object, patches: [behind, patch] });
    expect([height, width]).toEqual([8, 8]);
    const signs = new Map([
      ['a blue square', 'O'],
      ['a striped patch', '/'],
      [null, '.'],
    ]);
    const rows = Array.from({ length: 8 }, (_, row) => cells.slice(8 * row, 8 * row + 8));
    expect(rows.map((row) => row.map((cell) => signs.get(cell)).join(''))).toEqual([
      '........',
      '.....//.',
      '.....//.',
      '.OO.....',
      '.OO.....',
      '........',
      '........',
      '........',
    ]);
  });

  it('names the object of the whole, whatever its shape and place, and none but that', () => {
    for (const scene of drawScenes(500, randomStream(7, 'scenes'))) {
      const [name] = captionsOf(scene);
      const said = new Set(captionGridOf(scene).cells);
      expect(said).toContain(name);
      expect([...said].filter((caption) => ![name, 'a striped patch', null].includes(caption))).toEqual([]);
    }
  });
});
