// Clouds of points as one path of strokes of no length: a tenth of the bytes of as many circles.

import { html, type Html } from '../html.js';
import { plotArea } from './frame.js';

/** More points than this hide one another; they are thinned evenly. */
export const MOST_POINTS = 1500;

/** Points are placed on a grid of this many steps along each axis. */
const STEPS = 1000;

/** Positions of values along a domain, in steps; `null` where undefined. */
export function toSteps(
  values: readonly number[],
  [low, high]: readonly [number, number],
): (number | null)[] {
  return values.map((value) =>
    Number.isNaN(value) ? null : Math.round(((value - low) / (high - low)) * STEPS),
  );
}

/** Every k-th value, so that at most `most` remain; k depends on the number of values alone. */
export function thinned(values: readonly number[], most = MOST_POINTS): readonly number[] {
  const every = Math.ceil(values.length / most);
  return every <= 1 ? values : values.filter((_, i) => i % every === 0);
}

/** A dot where both positions are defined. */
export function dotPath(x: readonly (number | null)[], y: readonly (number | null)[]): string {
  return x.map((at, i) => (at === null || y[i] === null ? '' : `M${at} ${y[i]}h0`)).join('');
}

/** The path of a cloud, stretched from steps to the plotting area of a chart of some size. */
export function cloud(width: number, height: number, path: string, colour: string): Html {
  const { x, y } = plotArea(width, height);
  const stretch = [(x[1] - x[0]) / STEPS, (y[1] - y[0]) / STEPS].map((factor) => factor.toFixed(4));
  return html`<path
    class="cloud"
    d="${path}"
    transform="translate(${x[0]} ${y[0]}) scale(${stretch.join(' ')})"
    stroke="${colour}"
  />`;
}
