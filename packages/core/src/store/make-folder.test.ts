import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder.js';

describe('makeFolder', () => {
  let root: string;
  beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'striate-'))));
  afterEach(() => rm(root, { recursive: true }));

  it('makes a folder and those above it, once or twice', async () => {
    const folder = join(root, 'a', 'b', 'c');
    await Promise.all([makeFolder(folder), makeFolder(folder)]);
    await makeFolder(folder);
    expect((await stat(folder)).isDirectory()).toBe(true);
  });

  it('fails where a file stands in its way', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(makeFolder(join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeFolder(join(root, 'file', 'a'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  const itOnLinux = existsSync('/proc/self') ? it : it.skip;
  itOnLinux('comes to an end where a folder is there and nothing can be made in it', async () => {
    await expect(makeFolder('/proc/striate/store')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
