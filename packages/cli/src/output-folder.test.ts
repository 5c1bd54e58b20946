import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../test/temporary-folder.js';
import { appearTogether, requireWritable } from './output-folder.js';

describe('appearTogether', () => {
  it('replaces files of the same names, and leaves others alone', async () => {
    const folder = await makeTemporaryFolder();
    await writeFile(join(folder, 'a'), 'old');
    await writeFile(join(folder, 'other'), 'mine');
    await appearTogether(folder, (draft) => writeFile(join(draft, 'a'), 'new'));
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['a', 'other']);
  });

  it('leaves nothing of what was written before a failure', async () => {
    const folder = await makeTemporaryFolder();
    const fail = async (draft: string) => {
      await writeFile(join(draft, 'a'), 'whole');
      throw new RangeError('the second file');
    };
    await expect(appearTogether(folder, fail)).rejects.toThrow('the second file');
    expect(await readdir(folder)).toEqual([]);
  });

  it('clears what a killed run left', async () => {
    const folder = await makeTemporaryFolder();
    await mkdir(join(folder, '.striate-draft'));
    await writeFile(join(folder, '.striate-draft', 'half'), '');
    await appearTogether(folder, (draft) => writeFile(join(draft, 'a'), ''));
    expect(await readdir(folder)).toEqual(['a']);
  });

  it('keeps apart what is written into one folder at the same time', async () => {
    const folder = await makeTemporaryFolder();
    await appearTogether(
      folder,
      async (draft) => {
        await appearTogether(folder, (other) => writeFile(join(other, 'b'), ''), '.b');
        await writeFile(join(draft, 'a'), '');
      },
      '.a',
    );
    expect((await readdir(folder)).sort()).toEqual(['a', 'b']);
  });

  it('says which folder when the system refuses', async () => {
    const folder = await makeTemporaryFolder();
    const write = (draft: string) => writeFile(join(draft, 'no', 'folder'), '');
    await expect(appearTogether(folder, write)).rejects.toMatchObject({
      code: 'STRIATE_FOLDER_NOT_WRITABLE',
      context: { path: folder },
    });
  });
});

describe('requireWritable', () => {
  it('makes the folder, and leaves it empty', async () => {
    const folder = join(await makeTemporaryFolder(), 'a', 'b');
    await requireWritable(folder);
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses a folder below a file', async () => {
    const file = join(await makeTemporaryFolder(), 'file');
    await writeFile(file, '');
    await expect(requireWritable(join(file, 'out'))).rejects.toMatchObject({
      code: 'STRIATE_FOLDER_NOT_WRITABLE',
      exitCode: 5,
      message: expect.stringContaining('a file and not a folder'),
    });
  });
});
