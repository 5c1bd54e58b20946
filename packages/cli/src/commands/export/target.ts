// The file of an export, and what may stand beside it.

import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { decodeModel } from '@striate/compute';
import { invalidOption, type StimulusByVoxel } from '@striate/contracts';
import { writeNpy } from '@striate/npy';
import { appearTogether, requireWritable } from '../../output-folder.js';
import { isExport } from './about.js';

export interface Exported {
  /** Of the ONNX file. */
  readonly bytes: Uint8Array;
  /** What the pipeline predicts, to compare with; absent: not wanted. */
  readonly predictions?: { readonly stimulusIds: readonly string[]; readonly values: StimulusByVoxel };
}

export interface ExportTarget {
  /** Absolute. */
  readonly path: string;
  /** Make the folder and see that it can be written; throws `STRIATE_FOLDER_NOT_WRITABLE`. */
  prepare(): Promise<void>;
  /** All files appear whole and together, or none does. Throws `STRIATE_FOLDER_NOT_WRITABLE`, for a full disk too. */
  write(exported: Exported): Promise<void>;
}

/**
 * Look at the place of an export before any work is done. Nothing is written.
 *
 * @param named As the command line names it.
 * @throws {UsageError} `STRIATE_INVALID_OPTION` for a folder, and for a file that no export wrote: it may be the network that
 *   is to be exported.
 */
export async function openTarget(named: string, cwd: string): Promise<ExportTarget> {
  const path = resolve(cwd, named);
  const other = named === '' ? 'empty' : await describeOther(path);
  if (other !== undefined) {
    throw invalidOption({
      ...{
        who: 'export',
        option: '--onnx',
        expected: 'a new file, or one that an export wrote',
        actual: other,
      },
      hint: 'Name another file, for example --onnx v4.onnx.',
    });
  }
  const [folder, name] = [dirname(path), basename(path)];
  const write = (exported: Exported) =>
    appearTogether(folder, (draft) => writeFiles(join(draft, name), exported), `.${name}.draft`);
  return {
    path,
    prepare: () => requireWritable(folder),
    async write(exported) {
      const isReplaced = await stat(path).then(
        () => true,
        () => false,
      );
      await write(exported);
      if (isReplaced && !exported.predictions) await removePredictions(path);
    },
  };
}

/** What stands at a path that is not ours to replace. */
async function describeOther(path: string): Promise<string | undefined> {
  const facts = await stat(path).catch(() => undefined);
  if (!facts) return undefined;
  if (facts.isDirectory()) return `the folder "${path}"`;
  return (await isOwn(path)) ? undefined : `"${path}", which is another file`;
}

async function isOwn(path: string): Promise<boolean> {
  try {
    return isExport(decodeModel(await readFile(path), path));
  } catch {
    return false; // no ONNX file, or one that cannot be read
  }
}

async function writeFiles(path: string, { bytes, predictions }: Exported): Promise<void> {
  await writeFile(path, bytes);
  if (!predictions) return;
  const { npy, ids } = predictionsBeside(path);
  const { stimulusIds, values } = predictions;
  await writeNpy(npy, values.shape, values.data);
  await writeFile(ids, stimulusIds.map((id) => `${id}\n`).join(''));
}

/** Those of an export that was replaced are of nothing any more. */
async function removePredictions(path: string): Promise<void> {
  for (const file of Object.values(predictionsBeside(path))) await rm(file, { force: true });
}

function predictionsBeside(path: string) {
  const stem = path.replace(/\.onnx$/, '');
  return { npy: `${stem}.predictions.npy`, ids: `${stem}.predictions.ids.txt` };
}
