// Reads the members of a .zip archive: stored or deflated, no encryption, below 4 GB. Format: PKWARE APPNOTE 4.3.

import { crc32, inflateRawSync } from 'node:zlib';

const END_OF_CENTRAL_DIRECTORY = 0x06054b50;
const CENTRAL_ENTRY = 0x02014b50;

/**
 * @param {Buffer} archive
 * @returns {Generator<{ name: string, bytes: Buffer }>} The files of the archive, in the order of its directory.
 */
export function* unzip(archive) {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || archive.readUInt32LE(end) !== END_OF_CENTRAL_DIRECTORY) throw new Error('No zip archive.');
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== CENTRAL_ENTRY)
      throw new Error(`The zip directory is broken at byte ${at}.`);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      archive.readUInt16LE(at + field),
    );
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    if (!name.endsWith('/')) yield { name, bytes: memberAt(archive, at, name) };
    at += 46 + nameLength + extraLength + commentLength;
  }
}

/**
 * @param {Buffer} archive
 * @param {number} entry Where the member's entry in the central directory begins.
 * @param {string} name
 */
function memberAt(archive, entry, name) {
  const [method, checksum, size, start] = [
    archive.readUInt16LE(entry + 10),
    archive.readUInt32LE(entry + 16),
    archive.readUInt32LE(entry + 20),
    archive.readUInt32LE(entry + 42),
  ];
  const dataStart = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28);
  const packed = archive.subarray(dataStart, dataStart + size);
  if (method !== 0 && method !== 8) throw new Error(`${name}: zip method ${method} is not read.`);
  const bytes = method === 0 ? packed : inflateRawSync(packed);
  if (crc32(bytes) !== checksum) throw new Error(`${name}: the checksum is wrong; the archive is damaged.`);
  return bytes;
}
