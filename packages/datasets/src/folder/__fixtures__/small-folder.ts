// Writes a small valid dataset: two subjects, four stimuli of which the second subject saw two, in another order.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encodeNpy } from '@striate/npy';

export const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'dataset.json': JSON.stringify({
    name: 'Small',
    recordingKind: 'voxel',
    unit: 'z',
    citation: 'nobody 2026',
    regions: ['V2', 'V1'],
  }),
  'stimuli.csv':
    'id,image,caption_1,caption_2,category\n' +
    'a,images/a.png,an apple,"a red apple, on a table",fruit\n' +
    'b,images/b.png,a bear,,animal\n' +
    'c,images/c.png,,,other\n' +
    'd,,a door,,other\n',
  'images/a.png': 'bytes of a',
  'images/b.png': 'bytes of b',
  'images/c.png': 'bytes of c',
  'voxels.csv': 'id,subject,region,x,y,z\n' + 'v1,s1,V1,1.5,-2,3\n' + 'v2,s1,V1;V2,,,\n' + 'v1,s2,,,,\n',
  // s1: value = 100 * repetition + 10 * stimulus + voxel
  'responses/s1.npy': encodeNpy(
    [2, 4, 2],
    Float32Array.of(0, 1, 10, 11, 20, 21, 30, 31, 100, 101, 110, 111, 120, 121, 130, 131),
  ),
  'responses/s1.ids.txt': 'a\nb\nc\nd\n',
  'responses/s2.npy': encodeNpy([2, 1], Int16Array.of(7, 8)),
  'responses/s2.ids.txt': 'c\na\n',
  'split.csv': 'id,part\na,train\nb,train\nc,test\nd,test\n',
};

/** Two subjects, three conditions. */
export const RDM_FILES: Readonly<Record<string, string | Uint8Array>> = {
  'dataset.json': JSON.stringify({ name: 'RDMs', recordingKind: 'voxel' }),
  'stimuli.csv': 'id\na\nb\nc\n',
  'rdms/IT.npy': encodeNpy([2, 3, 3], Float32Array.of(0, 1, 2, 1, 0, 3, 2, 3, 0, 0, 4, 5, 4, 0, 6, 5, 6, 0)),
  'rdms/ids.txt': 'c\nb\na\n',
  'rdms/subjects.txt': 'p\nq\n',
};

const written: string[] = [];

/**
 * Write files into a new folder.
 * @param changes Path → other content, or `null` to leave the file out.
 */
export async function writeFolder(
  files: Readonly<Record<string, string | Uint8Array>>,
  changes: Readonly<Record<string, string | Uint8Array | null>> = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'striate-folder-'));
  written.push(folder);
  for (const [path, content] of Object.entries({ ...files, ...changes })) {
    if (content === null) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

export async function removeFolders(): Promise<void> {
  for (const folder of written.splice(0)) await rm(folder, { recursive: true });
}
