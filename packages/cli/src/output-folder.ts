// Folders that commands write their results to.

import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderNotWritable, refusalOf } from '@striate/contracts';
import { makeFolder } from '@striate/core';

/**
 * Make a folder, and see that it can be written.
 *
 * @throws {EnvironmentError} `STRIATE_FOLDER_NOT_WRITABLE`.
 */
export async function requireWritable(folder: string): Promise<void> {
  const probe = join(folder, `.striate-write-test-${process.pid}`);
  try {
    await makeFolder(folder);
    await writeFile(probe, '');
    await rm(probe);
  } catch (cause) {
    throw folderNotWritable({ path: folder, cause });
  }
}

/**
 * Write files that appear together, when all are whole, or not at all.
 *
 * @param folder    A folder that is there.
 * @param write     Writes into the folder that it is given.
 * @param draftName Of that folder, for whatever may be written into the same folder at the same time.
 * @throws {EnvironmentError} `STRIATE_FOLDER_NOT_WRITABLE`, for a full disk too.
 */
export async function appearTogether(
  folder: string,
  write: (draft: string) => Promise<void>,
  draftName = '.striate-draft',
): Promise<void> {
  const draft = join(folder, draftName);
  try {
    await rm(draft, { recursive: true, force: true }); // of a run that was killed
    await mkdir(draft);
    await write(draft);
    for (const name of await readdir(draft)) await rename(join(draft, name), join(folder, name));
  } catch (cause) {
    throw refusalOf(cause) ? folderNotWritable({ path: folder, cause }) : cause;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
