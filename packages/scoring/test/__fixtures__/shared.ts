import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder =
  process.env['STRIATE_SHARED'] ?? fileURLToPath(new URL('../../../../../shared', import.meta.url));

export const sharedPath = (...parts: string[]) => join(folder, ...parts);

/** `describe` where the part of the shared folder exists, else a skipped one that says what is missing. */
export function describeShared(title: string, part: string, body: () => void): void {
  if (existsSync(sharedPath(part))) describe(title, body);
  else describe.skip(`${title} (skipped: no ${part} in the shared folder; set STRIATE_SHARED)`, body);
}

export interface NpyArray {
  readonly shape: number[];
  readonly data: Float64Array;
}

export function readNpy(...parts: string[]): NpyArray {
  const file = readFileSync(sharedPath(...parts));
  const start = 10 + file.readUInt16LE(8);
  const header = file.toString('latin1', 10, start);
  const shape = (/\(([^)]*)\)/.exec(header)?.[1] ?? '').split(',').filter((size) => size.trim() !== '');
  const bytes = Uint8Array.from(file.subarray(start)).buffer;
  const data = header.includes("'<f4'")
    ? Float64Array.from(new Float32Array(bytes))
    : new Float64Array(bytes);
  return { shape: shape.map(Number), data };
}

/** Expect values to be equal, or to differ by at most `tolerance` of the larger of 1 and the expected value. */
export function expectClose(actual: Float64Array, expected: Float64Array, tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    const isClose = Math.abs(value - expected[i]) <= tolerance * Math.max(1, Math.abs(expected[i]));
    if (!Object.is(value, expected[i]) && !isClose) {
      throw new Error(`at ${i}: ${value}, expected ${expected[i]} (tolerance ${tolerance})`);
    }
  });
}
