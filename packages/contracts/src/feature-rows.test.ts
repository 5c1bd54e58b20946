import { readAllRows, rowLength, rowsInMemory, selectRows } from './feature-rows.js';

const rows = rowsInMemory(['a', 'b', 'c'], ['feature'], [2], Float32Array.of(1, 2, 3, 4, 5, 6));

describe('rowsInMemory', () => {
  it('reads rows in the order asked for, also twice the same', async () => {
    expect(Array.from(await rows.readRows([2, 0, 2]))).toEqual([5, 6, 1, 2, 5, 6]);
  });

  it('writes into the buffer of the caller', async () => {
    const into = new Float32Array(2);
    expect(await rows.readRows([1], into)).toBe(into);
    expect(Array.from(into)).toEqual([3, 4]);
  });

  it('refuses data that are not stimuli times row', () => {
    expect(() => rowsInMemory(['a'], ['feature'], [2], new Float32Array(3))).toThrow(
      expect.objectContaining({ code: 'STRIATE_SHAPE_MISMATCH' }),
    );
  });
});

describe('selectRows', () => {
  it('is a view of the chosen rows, and of a view', async () => {
    const view = selectRows(selectRows(rows, [2, 1]), [1]);
    expect(view.stimulusIds).toEqual(['b']);
    expect(Array.from(await view.readRows([0]))).toEqual([3, 4]);
  });
});

describe('readAllRows', () => {
  it('gives the matrix of all stimuli', async () => {
    expect(await readAllRows(rows)).toMatchObject({ axes: ['stimulus', 'feature'], shape: [3, 2] });
  });
});

describe('rowLength', () => {
  it('multiplies the sizes of a row', () => expect(rowLength({ rowShape: [3, 4, 5] })).toBe(60));
});
