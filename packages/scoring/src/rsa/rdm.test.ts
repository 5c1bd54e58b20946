import { labelled, rowsInMemory } from '@striate/contracts';
import fc from 'fast-check';
import { computeRdm, computeRdmOfArray } from './rdm.js';

const patterns = (rows: number[][]) =>
  labelled(['stimulus', 'voxel'], [rows.length, rows[0].length], Float64Array.from(rows.flat()));

const features = (rows: number[][]) =>
  rowsInMemory(
    rows.map((_, i) => `s${i}`),
    ['feature'],
    [rows[0].length],
    Float32Array.from(rows.flat()),
  );

/** Products of blocks of another size may sum in another order. */
const near = (values: Float64Array) => Array.from(values, (value) => expect.closeTo(value, 12));

describe('computeRdmOfArray', () => {
  it('is 1 - r of each pair of rows, upper triangle row by row', async () => {
    // Deviations a (-1, 0, 1), b (1, 0, -1), c (1, -2, 1): r_ab = -1, r_ac = 0, r_bc = 0.
    const rdm = await computeRdmOfArray(
      patterns([
        [1, 2, 3],
        [30, 20, 10],
        [1, 0, 1],
      ]),
    );
    expect([...rdm]).toEqual([2, 1, 1].map((distance) => expect.closeTo(distance, 12)));
  });

  it('returns NaN for pairs with a constant or a non-finite row, and only for those', async () => {
    const rdm = await computeRdmOfArray(
      patterns([
        [0.1, 0.1, 0.1],
        [1, 2, 3],
        [1, NaN, 2],
        [3, 2, 1],
      ]),
    );
    expect([...rdm]).toEqual([NaN, NaN, NaN, NaN, expect.closeTo(2, 12), NaN]);
  });

  it('is empty for a single stimulus', async () => {
    expect(await computeRdmOfArray(patterns([[1, 2, 3]]))).toHaveLength(0);
  });
});

describe('computeRdm', () => {
  const rows = fc
    .tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 2, max: 6 }))
    .chain(([nStimuli, length]) =>
      fc.array(fc.uniqueArray(fc.integer({ min: -99, max: 99 }), { minLength: length, maxLength: length }), {
        minLength: nStimuli,
        maxLength: nStimuli,
      }),
    );

  it('does not depend on how many rows are held at a time', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 4 }), async (drawn, rowsPerBlock) => {
        const whole = await computeRdm(features(drawn));
        const blockBytes = 2 * rowsPerBlock * drawn[0].length * 8;
        expect([...(await computeRdm(features(drawn), blockBytes))]).toEqual(near(whole));
      }),
      { numRuns: 40 },
    );
  });

  it('reads no more rows at a time than fit', async () => {
    const source = features([
      [1, 2],
      [2, 1],
      [3, 5],
      [4, 1],
      [5, 5.5],
    ]);
    const sizes: number[] = [];
    const watched = {
      ...source,
      readRows: (wanted: ArrayLike<number>) => {
        sizes.push(wanted.length);
        return source.readRows(wanted);
      },
    };
    await computeRdm(watched, 2 * 2 * 2 * 8);
    expect(Math.max(...sizes)).toBe(2);
  });

  it('agrees with the array in memory, and does not change it', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (drawn) => {
        const array = patterns(drawn);
        const rdm = await computeRdmOfArray(array);
        expect([...(await computeRdm(features(drawn)))]).toEqual(near(rdm));
        expect([...array.data]).toEqual(drawn.flat());
      }),
      { numRuns: 20 },
    );
  });
});
