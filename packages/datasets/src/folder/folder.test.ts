import { dirname, basename } from 'node:path';
import { FILES, removeFolders, writeFolder } from './__fixtures__/small-folder.js';
import { createFolderDataset } from './folder.js';

afterAll(removeFolders);

describe('createFolderDataset', () => {
  const dataset = createFolderDataset();

  it('opens a path relative to the folder of the configuration', async () => {
    const folder = await writeFolder(FILES);
    const options = dataset.parseOptions({ path: basename(folder) });
    const open = await dataset.doOpen(options, { baseFolder: dirname(folder), device: 'cpu' });
    expect(open.name).toBe('Small');
  });

  it.each([
    [{}, 'path'],
    [undefined, 'path'],
    [{ path: 3 }, 'path'],
    [{ path: 'x', folder: 'y' }, 'folder'],
    ['x', '(all)'],
  ])('refuses options %j', (raw, option) => {
    expect(() => dataset.parseOptions(raw)).toThrow(
      expect.objectContaining({
        code: 'STRIATE_INVALID_OPTION',
        context: expect.objectContaining({ option }),
      }),
    );
  });
});
