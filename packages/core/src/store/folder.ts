// Files that appear whole or not at all: written under a name of their own, flushed, then renamed.

import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { folderNotWritable } from '@striate/contracts';
import { makeFolder } from './make-folder.js';
import { isWhole, writeArtefact, type Artefact } from './artefact-file.js';

export interface ArtefactFolder {
  readonly root: string;
  /**
   * Write a file; whoever else writes the same path writes the same bytes.
   *
   * @throws {EnvironmentError} `STRIATE_FOLDER_NOT_WRITABLE`, for a full disk too.
   */
  write(path: string, artefact: Artefact): Promise<void>;
  /** Is the file there, whole and unaltered? Looked at once, until size or times of the file change. */
  isGood(path: string): Promise<boolean>;
}

/**
 * Open a folder for artefacts, and clear what killed writers left.
 *
 * @param onCorrupt Told of each file that is there and not whole.
 * @throws {EnvironmentError} `STRIATE_FOLDER_NOT_WRITABLE`.
 */
export async function openFolder(root: string, onCorrupt: (path: string) => void): Promise<ArtefactFolder> {
  const drafts = join(root, 'drafts');
  try {
    await makeFolder(drafts);
    const probe = join(drafts, `${process.pid}.probe`);
    await (await open(probe, 'w')).close();
    await rm(probe);
  } catch (cause) {
    throw folderNotWritable({ path: root, cause });
  }
  await clearDrafts(drafts);
  const known = new Map<string, { stamp: string; isGood: boolean }>();
  let nDrafts = 0;
  return {
    root,
    async write(path, artefact) {
      const draft = join(drafts, `${process.pid}.${nDrafts++}`);
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeDraft(draft, artefact);
        await rename(draft, path);
      } catch (cause) {
        await rm(draft, { force: true });
        throw folderNotWritable({ path: root, cause });
      }
      known.set(path, { stamp: await stampOf(path), isGood: true });
    },
    async isGood(path) {
      const stamp = await stampOf(path).catch(() => undefined);
      if (stamp === undefined) return false;
      const before = known.get(path);
      if (before?.stamp === stamp) return before.isGood;
      const good = await isWhole(path);
      known.set(path, { stamp, isGood: good });
      if (!good) onCorrupt(path);
      return good;
    },
  };
}

async function writeDraft(path: string, artefact: Artefact): Promise<void> {
  const file = await open(path, 'w');
  try {
    await writeArtefact(file, artefact);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function stampOf(path: string): Promise<string> {
  const { size, mtimeNs, ctimeNs, ino } = await stat(path, { bigint: true });
  return `${size} ${mtimeNs} ${ctimeNs} ${ino}`;
}

/** Drafts are named by the process that writes them; those of processes that are gone will never be finished. */
async function clearDrafts(drafts: string): Promise<void> {
  for (const name of await readdir(drafts)) {
    const pid = Number.parseInt(name, 10);
    if (pid !== process.pid && !isRunning(pid)) await rm(join(drafts, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
