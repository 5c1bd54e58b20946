import type { ReferenceArray, ReferenceCase } from '../reference-case.js';
import { largestRelativeError } from '../relative-error.js';
import { c8 } from './c8.js';

/** One channel to one field, 3 x 3, padding 1; a single point in an image of 3 x 3. */
function caseOf(filters: readonly number[][]): ReferenceCase {
  const array = (shape: number[], values: readonly number[]): ReferenceArray => ({
    ...{ shape, data: Float64Array.from(values) },
  });
  return {
    ...{ name: 'c8-steerable-conv-lift-3x3', about: 'a test' },
    arrays: new Map([
      ['x', array([1, 1, 3, 3], [0, 0, 0, 0, 1, 0, 0, 0, 0])],
      ['weights', array([1], [2])],
      ['basis', array([1, 8, 1, 3, 3], filters.flat())],
      ['padding', array([], [1])],
    ]),
  };
}

/** A filter's answer to a point is the filter turned over. */
const answers = (filters: readonly number[][]) =>
  filters.flatMap((filter) => [...filter].reverse()).map((value) => 2 * value);

const [corner, edge] = [Math.exp(-((Math.SQRT2 - 1) ** 2) / 0.32), 1];
/** Directions of the pixels around the middle in eighths of a turn, counter-clockwise from the right. */
const EIGHTHS = [3, 2, 1, 4, undefined, 0, 5, 6, 7];
/** The cosine of the ring of radius 1, turned by 0, 45, ... degrees. */
const looking = Array.from({ length: 8 }, (_, g) =>
  EIGHTHS.map((eighth, pixel) => {
    if (eighth === undefined) return 0;
    return (pixel % 2 === 0 ? corner : edge) * Math.cos(((eighth - g) * Math.PI) / 4);
  }),
);

async function errorsOf(filters: readonly number[][]) {
  const { filter, y } = await c8.compute(caseOf(filters), 'float32');
  const doubled = filters.flat().map((value) => 2 * value);
  return {
    filter: largestRelativeError(filter, doubled, c8.floor),
    y: largestRelativeError(y, answers(filters), c8.floor),
  };
}

describe('the check of C8 convolutions', () => {
  it('makes all directions of a filter out of one', async () => {
    const { filter, y } = await errorsOf(looking);
    expect(filter).toBeLessThan(1e-5);
    expect(y).toBeLessThan(1e-5);
  });

  it('fails filters that are not turned copies of each other', async () => {
    const swapped = looking.with(3, looking[4]);
    const { filter, y } = await errorsOf(swapped);
    expect(filter).toBeGreaterThan(0.1);
    expect(y).toBeGreaterThan(0.1);
  });

  it('fails filters that our harmonics do not span', async () => {
    const row = [1, 1, 1, 0, 0, 0, 0, 0, 0];
    expect((await errorsOf(Array<number[]>(8).fill(row))).filter).toBeGreaterThan(0.1);
  });
});
