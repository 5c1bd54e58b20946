import fc from 'fast-check';
import { cutBody } from './cut.js';

describe('cutBody', () => {
  it('keeps the special tokens on both sides, by hand', () => {
    expect(cutBody([1, 7, 8, 9, 2], [7, 8, 9], 4)).toEqual([1, 7, 8, 2]);
  });

  it('cuts a text without special tokens at its end', () => {
    expect(cutBody([7, 8, 9], [7, 8, 9], 2)).toEqual([7, 8]);
  });

  it('has the length asked for, and the special tokens around the first of the text', () => {
    const words = fc.array(fc.integer({ min: 10, max: 99 }), { minLength: 1 });
    const special = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 2 });
    fc.assert(
      fc.property(special, words, special, fc.nat(), (before, body, after, some) => {
        const nKept = some % body.length;
        const cut = cutBody([...before, ...body, ...after], body, before.length + nKept + after.length);
        expect(cut).toEqual([...before, ...body.slice(0, nKept), ...after]);
      }),
    );
  });
});
