// What is said of a scene: as a whole, and cell by cell.

import type { CaptionGrid } from '@striate/contracts';
import { COLOURS, isOnObject, SHAPES, type Scene } from './scene.js';

/** The grid has so many cells along each side, as in the paper. */
const SIDE = 8;
/** Points of a cell that are looked at, along each side: finer than the arms of the smallest cross. */
const N_POINTS = 4;

/** Two captions: one that names the object, one that says more. */
export function captionsOf({ object }: Scene): string[] {
  const size = object.radius > 0.18 ? 'large' : 'small';
  const side = object.x < 0.5 ? 'left' : 'right';
  return [`a ${nameOf(object)}`, `a ${size} ${nameOf(object)} on the ${side}, among striped patches`];
}

/**
 * A caption for each cell of a grid over the image: the object where any of it stands, else a patch of stripes where one is
 * strong, else none.
 */
export function captionGridOf({ object, patches }: Scene): CaptionGrid {
  const name = `a ${nameOf(object)}`;
  const cells = Array.from({ length: SIDE * SIDE }, (_, cell) => {
    const points = pointsOf(cell);
    if (points.some(([x, y]) => isOnObject(object, x, y))) return name;
    const isStriped = patches.some((patch) => points.some(([x, y]) => isStrong(patch, x, y)));
    return isStriped ? 'a striped patch' : null;
  });
  return { height: SIDE, width: SIDE, cells };
}

/** Points of a cell, [x, y] as shares of the image's width. */
function pointsOf(cell: number): (readonly [number, number])[] {
  const at = (place: number, point: number) => (place + (point + 0.5) / N_POINTS) / SIDE;
  const [row, column] = [Math.floor(cell / SIDE), cell % SIDE];
  return Array.from(
    { length: N_POINTS ** 2 },
    (_, i) => [at(column, i % N_POINTS), at(row, Math.floor(i / N_POINTS))] as const,
  );
}

/** Is a point within a standard deviation of the middle of a patch, half its radius? */
function isStrong({ x, y, radius }: Scene['patches'][number], atX: number, atY: number): boolean {
  return (atX - x) ** 2 + (atY - y) ** 2 < (radius / 2) ** 2;
}

function nameOf({ colour, shape }: Scene['object']): string {
  return `${COLOURS[colour]} ${SHAPES[shape]}`;
}
