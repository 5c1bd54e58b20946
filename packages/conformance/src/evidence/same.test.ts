import { Breach } from '../law/breach.js';
import { demandClose, demandFinite, demandSameBits, demandSameWords, firstDuplicate } from './same.js';

describe('demandSameBits', () => {
  it('takes NaN for NaN, and tells -0 from 0', () => {
    demandSameBits('values', [NaN, 1], [NaN, 1]);
    expect(() => demandSameBits('values', [-0], [0])).toThrow(Breach);
  });

  it('says where the first difference is, and both values', () => {
    expect(() => demandSameBits('values', [1, 2], [1, 3])).toThrow(
      'values differ at index 1: 2 instead of 3',
    );
  });

  it('tells lengths apart', () => {
    expect(() => demandSameBits('values', [1], [1, 2])).toThrow('1 values instead of 2');
  });
});

describe('demandClose', () => {
  it('allows a share of the largest expected magnitude', () => {
    demandClose('values', [0.5, 100], [0, 100], 0.005);
    expect(() => demandClose('values', [0.5, 100], [0, 100], 0.004)).toThrow(Breach);
  });

  it('takes NaN only where NaN is expected', () => {
    demandClose('values', [NaN], [NaN], 0.1);
    expect(() => demandClose('values', [NaN, 1], [1, 1], 0.1)).toThrow(Breach);
    expect(() => demandClose('values', [1, 1], [NaN, 1], 0.1)).toThrow(Breach);
  });
});

describe('demandFinite', () => {
  it('refuses NaN and infinity', () => {
    demandFinite('values', [0, -1]);
    expect(() => demandFinite('values', [0, NaN])).toThrow('NaN at index 1');
    expect(() => demandFinite('values', [-Infinity])).toThrow(Breach);
  });
});

describe('demandSameWords', () => {
  it('wants the same words in the same order', () => {
    demandSameWords('ids', ['a', 'b'], ['a', 'b']);
    expect(() => demandSameWords('ids', ['b', 'a'], ['a', 'b'])).toThrow('[b, a] instead of [a, b]');
  });
});

describe('firstDuplicate', () => {
  it('finds a word that stands twice, if there is one', () => {
    expect(firstDuplicate(['a', 'b', 'a'])).toBe('a');
    expect(firstDuplicate(['a', 'b'])).toBeUndefined();
  });
});
