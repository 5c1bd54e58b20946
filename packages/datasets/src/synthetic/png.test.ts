import { inflateSync } from 'node:zlib';
import { encodePng } from './png.js';

describe('encodePng', () => {
  it('writes signature, header, pixels and end, each with its checksum', () => {
    const png = Buffer.from(encodePng(2, 1, Uint8Array.of(255, 0, 0, 0, 0, 255)));
    expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
    expect(png.subarray(8, 33).toString('hex')).toBe(
      '0000000d' + '49484452' + '00000002' + '00000001' + '0802000000' + '7b40e8dd',
    );
    expect(png.subarray(-12).toString('hex')).toBe('0000000049454e44ae426082');
    const bodyLength = png.readUInt32BE(33);
    const rows = inflateSync(png.subarray(41, 41 + bodyLength));
    expect([...rows]).toEqual([0, 255, 0, 0, 0, 0, 255]);
  });
});
