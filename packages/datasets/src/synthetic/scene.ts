// A scene: one textured object of some shape and colour anywhere on grey, among patches of gratings. Shape and colour
// are drawn independently of everything that local contrast depends on, so that meaning and appearance can be told apart.

import type { RandomStream } from './random.js';

export const SHAPES = ['disc', 'ring', 'square', 'triangle', 'cross', 'diamond'] as const;
export const COLOURS = ['red', 'green', 'blue', 'yellow'] as const;
const N_PATCHES = 5;

/** Is a point inside a shape? Coordinates from its centre, in radii; in the order of {@link SHAPES}. */
const IS_INSIDE: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => x * x + y * y < 1,
  (x, y) => x * x + y * y < 1 && x * x + y * y > 0.3,
  (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.85,
  (x, y) => y > -0.8 && y < 0.8 && Math.abs(x) < (y + 0.8) * 0.6,
  (x, y) => Math.min(Math.abs(x), Math.abs(y)) < 0.33 && Math.max(Math.abs(x), Math.abs(y)) < 1,
  (x, y) => Math.abs(x) + Math.abs(y) < 1,
];

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

/** Is a point of the image on the object? Coordinates as shares of the image's width. */
export function isOnObject({ shape, x, y, radius }: Scene['object'], atX: number, atY: number): boolean {
  return IS_INSIDE[shape]((atX - x) / radius, (atY - y) / radius);
}
