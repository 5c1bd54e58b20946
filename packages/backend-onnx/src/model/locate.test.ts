import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { locateModel, nameModel } from './locate.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'striate-locate-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(...files: readonly string[]): Promise<void> {
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), '');
  }
}

/** The image part of a model of two parts, which may stand in one file. */
const locate = (model: string) =>
  locateModel({
    ...{ backend: 'pair', model, network: 'vision_model', combined: 'model', modelsFolder: 'models' },
    companions: ['config.json'],
    context: { baseFolder: folder, device: 'cpu' },
  });

describe('locateModel', () => {
  it('takes the file that holds the network alone, where there is one', async () => {
    await write('mine/onnx/model.onnx', 'mine/onnx/vision_model.onnx');
    const expected = { path: join(folder, 'mine/onnx/vision_model.onnx'), folder: join(folder, 'mine') };
    expect(await locate('mine')).toEqual(expected);
  });

  it('takes the file that holds it among others, where there is no other', async () => {
    await write('models/some/pair/onnx/model.onnx');
    const expected = { path: 'models/some/pair/onnx/model.onnx', folder: 'models/some/pair' };
    expect(await locate('some/pair')).toEqual({
      path: join(folder, expected.path),
      folder: join(folder, expected.folder),
    });
  });

  it.each([
    ['mine/onnx/model_fp16.onnx', 'mine'],
    ['mine/vision_model.onnx', 'mine'],
    ['mine/other.onnx', undefined],
  ])('of the path %s, takes the folder for its own only by the name of the file', async (path, own) => {
    await write(path);
    expect((await locate(path)).folder).toBe(own && join(folder, own));
  });

  it('says everywhere it looked, and what to download', async () => {
    await expect(locate('some/pair')).rejects.toMatchObject({
      code: 'STRIATE_MODEL_NOT_FOUND',
      context: {
        tried: expect.arrayContaining([
          join(folder, 'models/some/pair/onnx/vision_model.onnx'),
          join(folder, 'models/some/pair/model.onnx'),
        ]) as string[],
      },
      hint: expect.stringContaining('config.json and onnx/vision_model.onnx of') as string,
    });
  });
});

describe('nameModel', () => {
  it.each([
    ['its folder', { path: 'a/mine/onnx/model.onnx', folder: 'a/mine' }, 'mine'],
    ['its file', { path: 'a/net.onnx' }, 'net'],
    ['the hub, in its cache', { path: 'x', folder: 'hub/models--some--res-net/snapshots/abc123' }, 'res-net'],
  ])('calls a model as it is called by %s', (_, located, name) => {
    expect(nameModel(located)).toBe(name);
  });
});
