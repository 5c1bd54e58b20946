import fc from 'fast-check';
import { decodeFloats, encodeFloats } from './run-record.js';

describe('encodeFloats', () => {
  it('keeps every bit, NaN and infinities included', () => {
    fc.assert(
      fc.property(fc.float64Array({ maxLength: 40 }), (values) => {
        expect(Array.from(decodeFloats(encodeFloats(values)))).toEqual(Array.from(values));
      }),
    );
  });

  it('writes little-endian base64', () => {
    expect(encodeFloats(Float64Array.of(1))).toEqual({
      encoding: 'base64-float64le',
      length: 1,
      data: Buffer.from([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]).toString('base64'),
    });
  });

  it('encodes more values than fit into one call', () => {
    const values = Float64Array.from({ length: 20_000 }, (_, i) => i / 3);
    expect(decodeFloats(encodeFloats(values))).toEqual(values);
  });
});
