// A reference case: a folder with `case.json` (what it is about, which arrays it holds) and one `.npy` file per array.

import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { referenceMalformed } from '@striate/contracts';
import { withNpy } from '@striate/npy';

export interface ReferenceArray {
  readonly shape: readonly number[];
  /** C order; float32 files are widened. */
  readonly data: Float64Array;
}

export interface ReferenceCase {
  /** The folder's name. */
  readonly name: string;
  /** What it is, in its maker's words. */
  readonly about: string;
  readonly arrays: ReadonlyMap<string, ReferenceArray>;
}

interface Manifest {
  readonly about: string;
  /** What the arrays are told to be. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}

/**
 * List the folders of cases in a folder, by name; a folder that is a case itself is its only one.
 *
 * @throws {DataError} `STRIATE_REFERENCE_MALFORMED` if it cannot be read or holds no case.
 */
export async function listCases(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw referenceMalformed({ path: folder, reason: 'it is not a folder that can be read', cause });
  });
  if (entries.some((entry) => entry.name === 'case.json')) return [folder];
  const cases = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => join(folder, entry.name));
  if (cases.length === 0) throw referenceMalformed({ path: folder, reason: 'it holds no case' });
  return cases.sort();
}

/**
 * Read a case with all its arrays.
 *
 * @throws {DataError} `STRIATE_REFERENCE_MALFORMED` if `case.json` is missing, does not parse, or tells of arrays that are not
 *   there or of another shape; and what `openNpy` throws.
 */
export async function readCase(folder: string): Promise<ReferenceCase> {
  const manifest = await readManifest(folder);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.npy')).sort();
  const arrays = new Map<string, ReferenceArray>();
  for (const file of files) arrays.set(basename(file, '.npy'), await readArray(join(folder, file)));
  for (const [name, shape] of manifest.shapes) assertAsTold(folder, name, shape, arrays.get(name));
  return { name: basename(folder), about: manifest.about, arrays };
}

async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, 'case.json');
  try {
    const { about = '', arrays = {} } = JSON.parse(await readFile(path, 'utf8'));
    const shapes = Object.entries<{ shape: number[] }>(arrays).map(([name, { shape }]) => {
      return [name, Array.from(shape)] as const;
    });
    return { about: String(about), shapes: new Map(shapes) };
  } catch (cause) {
    const reason = `it is missing, or not {"about": ..., "arrays": {name: {"shape": [...]}}}`;
    throw referenceMalformed({ path, reason, cause });
  }
}

async function readArray(path: string): Promise<ReferenceArray> {
  return withNpy(path, async (file) => ({
    shape: file.shape,
    data: Float64Array.from(await file.readFloats()),
  }));
}

function assertAsTold(
  folder: string,
  name: string,
  told: readonly number[],
  array: ReferenceArray | undefined,
): void {
  const path = join(folder, `${name}.npy`);
  if (!array) throw referenceMalformed({ path, reason: 'case.json tells of it, and it is not there' });
  if (told.join() === array.shape.join()) return;
  throw referenceMalformed({
    path,
    reason: `its shape is [${array.shape.join(', ')}]; case.json says [${told.join(', ')}]`,
  });
}
