import { readAllRows, rowLength, rowsInMemory, selectRows, uniteRows } from './feature-rows.js';

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

describe('uniteRows', () => {
  const more = rowsInMemory(
    ['a', 'b', 'c'],
    ['channel', 'height', 'width'],
    [1, 1, 1],
    Float32Array.of(7, 8, 9),
  );
  const bands = [
    { name: 'pairs', rows },
    { name: 'pixels', rows: more },
  ];

  it('puts feature spaces side by side, flattened', async () => {
    const united = uniteRows(bands);
    expect([united.rowAxes, united.rowShape]).toEqual([['feature'], [3]]);
    expect(Array.from(await united.readRows([2, 0]))).toEqual([5, 6, 9, 1, 2, 7]);
    expect(united.bands).toBe(bands);
  });

  it('keeps its spaces apart in a selection', async () => {
    const view = selectRows(uniteRows(bands), [1]);
    expect(Array.from(await view.readRows([0]))).toEqual([3, 4, 8]);
    expect(view.bands!.map(({ name }) => name)).toEqual(['pairs', 'pixels']);
    expect(Array.from(await view.bands![1].rows.readRows([0]))).toEqual([8]);
  });

  it('refuses spaces of other stimuli', () => {
    const others = rowsInMemory(['a', 'c', 'b'], ['feature'], [1], new Float32Array(3));
    expect(() => uniteRows([bands[0], { name: 'others', rows: others }])).toThrow(
      expect.objectContaining({ code: 'STRIATE_SHAPE_MISMATCH' }),
    );
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
