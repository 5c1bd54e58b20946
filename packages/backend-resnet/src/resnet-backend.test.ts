import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOnnxBackend } from '@striate/backend-onnx';
import { encodeModel, type OnnxModel } from '@striate/compute';
import type { LoadedModel } from '@striate/contracts';
import { bitmapStimulus } from './__fixtures__/bitmap.js';
import { writeResnet, type TinyResnet } from './__fixtures__/tiny-resnet.js';
import { createResnetBackend } from './resnet-backend.js';

let folder: string;
let hubCache: string | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'striate-resnet-'));
  hubCache = process.env.HF_HUB_CACHE;
  process.env.HF_HUB_CACHE = join(folder, 'hub');
});
afterAll(async () => {
  if (hubCache === undefined) delete process.env.HF_HUB_CACHE;
  else process.env.HF_HUB_CACHE = hubCache;
  await rm(folder, { recursive: true });
});

const backend = createResnetBackend();
const preprocessing = {
  resize: 'squash',
  interpolation: 'nearest',
  scale: '0..1',
  mean: 0,
  sd: 1,
} as const;
const preprocessorConfig = {
  size: { height: 16, width: 16 },
  resample: 2,
  image_mean: [0.5, 0.5, 0.5],
  image_std: [0.5, 0.5, 0.5],
};

const load = (model: string, options: object = { preprocessing }) =>
  backend.doLoad(model, backend.parseOptions(options), { baseFolder: folder, device: 'cpu' });

async function open(model: OnnxModel, options?: object): Promise<LoadedModel> {
  await writeFile(join(folder, 'net.onnx'), encodeModel(model));
  return load('net.onnx', options);
}

async function writeHubFolder(path: string, model: OnnxModel, config: object = { model_type: 'resnet' }) {
  await mkdir(join(path, 'onnx'), { recursive: true });
  await writeFile(join(path, 'onnx', 'model.onnx'), encodeModel(model));
  await writeFile(join(path, 'config.json'), JSON.stringify(config));
  await writeFile(join(path, 'preprocessor_config.json'), JSON.stringify(preprocessorConfig));
}

const full = { hasHead: true, version: 1 } as const;
const resnet18: TinyResnet = { ...full, kind: 'basic', blocks: [2, 2, 2, 2] };
const resnet34: TinyResnet = { ...full, kind: 'basic', blocks: [3, 4, 6, 3] };
const resnet50: TinyResnet = { ...full, kind: 'bottleneck', blocks: [3, 4, 6, 3] };
const resnet101: TinyResnet = { ...full, kind: 'bottleneck', blocks: [3, 4, 23, 3] };

const namesOf = (blocks: readonly number[]) =>
  blocks.flatMap((n, stage) => Array.from({ length: n }, (_, i) => `stage${stage + 1}_block${i + 1}`));

describe('recognition of a ResNet', () => {
  it.each([
    ['ResNet-18', resnet18],
    ['ResNet-34', resnet34],
    ['ResNet-50', resnet50],
    ['ResNet-101', resnet101],
    ['ResNet-18', { ...resnet18, version: 2 }],
    ['ResNet-50', { ...resnet50, version: 2 }],
    ['ResNet-50, stages 1 to 3 of 4', { ...resnet50, blocks: [3, 4, 6], hasHead: false }],
    ['ResNet-101, stages 1 to 3 of 4, of the last 9 of 23 blocks', { ...resnet101, blocks: [3, 4, 9] }],
    ['ResNet-50 or ResNet-101, stages 1 to 2 of 4', { ...resnet50, blocks: [3, 4] }],
  ] as [string, TinyResnet][])('tells a %s by its blocks', async (title, tiny) => {
    const model = await open(writeResnet(tiny).model);
    expect(model.card.title).toBe(title);
    const names = (await model.listLayers()).map((layer) => layer.name);
    expect(names).toEqual(['stem', ...namesOf(tiny.blocks), ...(tiny.hasHead ? ['pool', 'logits'] : [])]);
  });

  it('gives layers their shapes, their order and their further names', async () => {
    const layers = await (await open(writeResnet(resnet18).model)).listLayers();
    expect(layers[0]).toEqual({
      name: 'stem',
      aliases: ['maxpool'],
      axes: ['channel', 'height', 'width'],
      shape: [2, 8, 8],
      depth: 0,
    });
    expect(layers[4]).toMatchObject({ name: 'stage2_block2', shape: [3, 4, 4], depth: 4 });
    expect(layers[4].aliases).toEqual(['layer2.1', 'stage2', 'layer2']);
    expect(layers.slice(-2)).toMatchObject([{ shape: [5] }, { shape: [5] }]);
  });

  it.each([
    ['blocks of another number', { ...resnet50, blocks: [3, 4, 5, 3] }, '3, 4, 5, 3'],
    ['more blocks than any has', { ...resnet18, blocks: [2, 2, 9] }, '2, 2, 9'],
    ['no blocks', { ...resnet18, blocks: [] }, 'none'],
  ])('refuses a network with %s, and says what was found', async (_, tiny, found) => {
    await expect(open(writeResnet(tiny as TinyResnet).model)).rejects.toMatchObject({
      code: 'STRIATE_NOT_OF_FAMILY',
      context: { reason: expect.stringContaining(found) as string },
    });
  });
});

describe('features of a ResNet', () => {
  const stimuli = [bitmapStimulus('s', 90)];
  async function extract(model: LoadedModel, layers: readonly string[]) {
    const features = new Map<string, number[]>();
    for await (const batch of model.doExtract({ stimuli, layers })) {
      for (const [layer, data] of batch.layers) features.set(layer, Array.from(data));
    }
    return features;
  }

  it.each([[1], [2]] as const)('are the values at the ends of the blocks, in version %i', async (version) => {
    const { model, blockOutputs } = writeResnet({ ...resnet18, version });
    const onnx = createOnnxBackend();
    const named = await open(model);
    const own = await onnx.doLoad('net.onnx', onnx.parseOptions({ preprocessing }), {
      baseFolder: folder,
      device: 'cpu',
    });
    const names = namesOf(resnet18.blocks);
    const [byName, byValue] = [await extract(named, names), await extract(own, blockOutputs)];
    expect(names.map((name) => byName.get(name))).toEqual(blockOutputs.map((value) => byValue.get(value)));
  });

  it("come by torchvision's names as well, under the name asked for", async () => {
    const model = await open(writeResnet(resnet18).model);
    const features = await extract(model, [
      'layer2.0',
      'stage2_block1',
      'stage2',
      'layer2.1',
      'fc',
      'maxpool',
    ]);
    expect(features.get('layer2.0')).toEqual(features.get('stage2_block1'));
    expect(features.get('stage2')).toEqual(features.get('layer2.1'));
    expect(features.get('fc')).toHaveLength(5);
    expect(features.get('maxpool')).toHaveLength(2 * 8 * 8);
  });

  it('names the nearest layer for one that is not there', async () => {
    const model = await open(writeResnet(resnet18).model);
    await expect(extract(model, ['stage2_blok1'])).rejects.toMatchObject({
      code: 'STRIATE_UNKNOWN_LAYER',
      hint: expect.stringContaining('"stage2_block1"') as string,
    });
  });
});

describe('where a ResNet is looked for', () => {
  it('takes a folder in the layout of Hugging Face, with its preprocessing', async () => {
    await writeHubFolder(join(folder, 'mine'), writeResnet(resnet18).model);
    const model = await load('mine', {});
    expect(model.card).toMatchObject({ id: 'mine', title: 'ResNet-18', family: 'other' });
    expect(model.card.preprocessing).toContain('mean [0.5, 0.5, 0.5]');
  });

  it("takes a variant's id from the folder of models, and knows what it was trained on", async () => {
    await writeHubFolder(join(folder, 'models/Xenova/resnet-18'), writeResnet(resnet18).model);
    const { card } = await load('resnet18', {});
    expect(card).toMatchObject({ id: 'resnet18', family: 'task-optimised', trainingData: 'ImageNet-1k' });
  });

  it('takes a name of the hub from the cache of its tools', async () => {
    const repository = join(folder, 'hub/models--some-one--res-net');
    await mkdir(join(repository, 'refs'), { recursive: true });
    await writeFile(join(repository, 'refs/main'), 'abc123\n');
    await writeHubFolder(join(repository, 'snapshots/abc123'), writeResnet(resnet50).model);
    expect((await load('some-one/res-net', {})).card).toMatchObject({ id: 'res-net', title: 'ResNet-50' });
  });

  it('refuses weights that are not of the variant asked for', async () => {
    await writeHubFolder(join(folder, 'models/Xenova/resnet-34'), writeResnet(resnet18).model);
    await expect(load('resnet34', {})).rejects.toMatchObject({
      code: 'STRIATE_NOT_OF_FAMILY',
      context: { family: 'ResNet-34', reason: expect.stringContaining('2, 2, 2, 2') as string },
    });
  });

  it('refuses a folder whose config.json is of another family', async () => {
    await writeHubFolder(join(folder, 'vit'), writeResnet(resnet18).model, { model_type: 'vit' });
    await expect(load('vit', {})).rejects.toMatchObject({ code: 'STRIATE_NOT_OF_FAMILY' });
  });

  it('says everywhere it looked, and how to download', async () => {
    await expect(load('resnet101', {})).rejects.toMatchObject({
      code: 'STRIATE_MODEL_NOT_FOUND',
      context: {
        tried: expect.arrayContaining([
          join(folder, 'models/Xenova/resnet-101/onnx/model.onnx'),
          join(folder, 'hub/models--Xenova--resnet-101/snapshots/main/onnx/model.onnx'),
        ]) as string[],
      },
      hint: expect.stringContaining('https://huggingface.co/Xenova/resnet-101') as string,
    });
  });
});

describe('listModels', () => {
  it('lists the variants that can be had by id', () => {
    expect(backend.listModels().map((card) => card.id)).toEqual([
      'resnet18',
      'resnet34',
      'resnet50',
      'resnet101',
    ]);
  });
});
