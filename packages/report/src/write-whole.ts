import { rename, rm, writeFile } from 'node:fs/promises';

/** Write a file under another name first, so that it appears whole or not at all. */
export async function appear(path: string, write: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${path}.${process.pid}.draft`;
  try {
    await write(draft);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

export function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  return appear(path, (draft) => writeFile(draft, content));
}
