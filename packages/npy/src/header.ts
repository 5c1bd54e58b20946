// The header of a .npy file: magic, version, and a Python dictionary in text.
// Format: numpy.lib.format (NEP 1), versions 1.0, 2.0 and 3.0.

import { npyMalformed } from '@striate/contracts';
import { parseDescr, type NpyDtype } from './dtype.js';

const MAGIC = '\x93NUMPY';
/** Magic, two bytes of version, and the header's length (2 bytes in version 1, 4 after it). */
export const LONGEST_PREFIX = 12;

export interface NpyHeader {
  readonly shape: readonly number[];
  readonly dtype: NpyDtype;
  readonly isBigEndian: boolean;
  readonly isFortranOrder: boolean;
}

/**
 * Read the first bytes of a file: where the text of its header begins, and where the values do.
 *
 * @param prefix The first {@link LONGEST_PREFIX} bytes, or all if the file has fewer.
 * @throws {DataError} `STRIATE_NPY_MALFORMED` for a wrong magic or an unknown version.
 */
export function parsePrefix(prefix: Buffer, path: string): { textStart: number; dataStart: number } {
  if (prefix.length < 10) throw npyMalformed({ path, reason: `it has only ${prefix.length} bytes` });
  if (prefix.toString('latin1', 0, 6) !== MAGIC) {
    throw npyMalformed({ path, reason: 'it does not begin with the mark of a .npy file' });
  }
  const [major, minor] = [prefix[6], prefix[7]];
  if (major < 1 || major > 3 || minor !== 0) {
    throw npyMalformed({
      path,
      reason: `its format version is ${major}.${minor}; 1.0, 2.0 and 3.0 are read`,
    });
  }
  const textStart = major === 1 ? 10 : 12;
  if (prefix.length < textStart) throw npyMalformed({ path, reason: `it has only ${prefix.length} bytes` });
  return {
    textStart,
    dataStart: textStart + (major === 1 ? prefix.readUInt16LE(8) : prefix.readUInt32LE(8)),
  };
}

/**
 * Read the text of a header, e.g. `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`.
 *
 * @throws {DataError} `STRIATE_NPY_MALFORMED` if a key is missing or does not parse; `STRIATE_NPY_DTYPE` for a data
 *   type that is not read.
 */
export function parseHeader(text: string, path: string): NpyHeader {
  const field = (pattern: RegExp, name: string) => {
    const value = pattern.exec(text)?.[1];
    if (value === undefined) throw npyMalformed({ path, reason: `its header has no readable "${name}"` });
    return value;
  };
  if (!/^\{.*\}\s*$/s.test(text)) throw npyMalformed({ path, reason: 'its header is no dictionary' });
  const descr = field(
    /'descr'\s*:\s*('[^']*'|\[.*?\](?=\s*,\s*'(?:fortran_order|shape)'|\s*,?\s*\}))/s,
    'descr',
  );
  const isFortranOrder = field(/'fortran_order'\s*:\s*(True|False)/, 'fortran_order') === 'True';
  const sizes = field(/'shape'\s*:\s*\(([\d,\s]*)\)/, 'shape');
  const shape = sizes
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number);
  return { shape, isFortranOrder, ...parseDescr(descr.replace(/^'(.*)'$/, '$1'), path) };
}

/**
 * Write a header of version 1.0, padded so that the values begin at a multiple of 64 bytes.
 *
 * @returns Magic, version, length and text; byte for byte what numpy writes.
 */
export function formatHeader(descr: string, shape: readonly number[]): Buffer {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const prefix = Buffer.from(`${MAGIC}\x01\x00\x00\x00`, 'latin1');
  prefix.writeUInt16LE(length, 8);
  return Buffer.concat([prefix, Buffer.from(`${text.padEnd(length - 1)}\n`, 'latin1')]);
}
