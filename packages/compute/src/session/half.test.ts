import { widenHalves } from './half.js';

describe('widenHalves', () => {
  it('widens ones, the smallest, the largest, signed zero, infinity and NaN', () => {
    const bits = Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001, 0x0400, 0x7bff, 0x8000, 0xfc00, 0x7e00);
    expect(Array.from(widenHalves(bits))).toEqual([
      1,
      -2,
      0.333251953125,
      2 ** -24,
      2 ** -14,
      65504,
      -0,
      -Infinity,
      NaN,
    ]);
  });
});
