// A scene: one textured object of some shape and colour anywhere on grey, among patches of gratings. Shape and colour
// are drawn independently of everything that local contrast depends on, so that meaning and appearance can be told apart.

import type { RandomStream } from './random.js';

export const SHAPES = ['disc', 'ring', 'square', 'triangle', 'cross', 'diamond'] as const;
export const COLOURS = ['red', 'green', 'blue', 'yellow'] as const;
const N_PATCHES = 5;

/** A sine grating. */
export interface Grating {
  /** Of the normal to the bars, radians. */
  readonly angle: number;
  /** Pixels per cycle. */
  readonly wavelength: number;
  readonly phase: number;
  readonly contrast: number;
}

/** Position and radius as shares of the image's width. */
interface Placed {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly grating: Grating;
}

export interface Scene {
  readonly object: Placed & { readonly shape: number; readonly colour: number };
  readonly patches: readonly Placed[];
}

/** Draw scenes at random. */
export function drawScenes(count: number, random: RandomStream): Scene[] {
  return Array.from({ length: count }, () => ({
    object: {
      shape: random.choice(SHAPES.length),
      colour: random.choice(COLOURS.length),
      ...drawPlaced(random, 0.12, 0.24),
    },
    patches: Array.from({ length: N_PATCHES }, () => drawPlaced(random, 0.1, 0.3)),
  }));
}

function drawPlaced(random: RandomStream, smallest: number, largest: number): Placed {
  return {
    x: random.uniform(0.15, 0.85),
    y: random.uniform(0.15, 0.85),
    radius: random.uniform(smallest, largest),
    grating: {
      angle: random.uniform(0, Math.PI),
      wavelength: random.uniform(3, 8),
      phase: random.uniform(0, 2 * Math.PI),
      contrast: random.uniform(0.2, 0.9),
    },
  };
}

/** Two captions: one that names the object, one that says more. */
export function captionsOf({ object }: Scene): string[] {
  const name = `${COLOURS[object.colour]} ${SHAPES[object.shape]}`;
  const size = object.radius > 0.18 ? 'large' : 'small';
  const side = object.x < 0.5 ? 'left' : 'right';
  return [`a ${name}`, `a ${size} ${name} on the ${side}, among striped patches`];
}
