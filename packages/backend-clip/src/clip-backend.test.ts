import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOnnxBackend } from '@striate/backend-onnx';
import { encodeModel, type OnnxModel } from '@striate/compute';
import type { LoadedModel } from '@striate/contracts';
import { greyStimulus } from './__fixtures__/stimulus.js';
import { writeClip, type TinyClip } from './__fixtures__/tiny-clip.js';
import { createClipBackend } from './clip-backend.js';

let folder: string;
let hubCache: string | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'striate-clip-'));
  hubCache = process.env.HF_HUB_CACHE;
  process.env.HF_HUB_CACHE = join(folder, 'hub');
});
afterAll(async () => {
  if (hubCache === undefined) delete process.env.HF_HUB_CACHE;
  else process.env.HF_HUB_CACHE = hubCache;
  await rm(folder, { recursive: true });
});

const backend = createClipBackend();
const preprocessing = { size: 16, resize: 'squash', interpolation: 'nearest', scale: '0..1', mean: 0, sd: 1 };
const context = () => ({ baseFolder: folder, device: 'cpu' }) as const;

const load = (model: string, options: object = { preprocessing }) =>
  backend.doLoad(model, backend.parseOptions(options), context());

async function open(model: OnnxModel, options?: object): Promise<LoadedModel> {
  await writeFile(join(folder, 'net.onnx'), encodeModel(model));
  return load('net.onnx', options);
}

/** In the layout of transformers.js. */
async function writeHubFolder(name: string, model: OnnxModel, file = 'vision_model', size = 16) {
  const config = {
    ...{ size: { shortest_edge: size }, crop_size: { height: size, width: size }, resample: 3 },
    ...{ image_mean: [0.5, 0.5, 0.5], image_std: [0.25, 0.25, 0.25] },
  };
  await mkdir(join(folder, name, 'onnx'), { recursive: true });
  await writeFile(join(folder, name, 'onnx', `${file}.onnx`), encodeModel(model));
  await writeFile(join(folder, name, 'preprocessor_config.json'), JSON.stringify(config));
}

async function extract(model: LoadedModel, layers: readonly string[]): Promise<Map<string, number[]>> {
  const stimuli = [await greyStimulus('s', 90)];
  const features = new Map<string, number[]>();
  for await (const batch of model.doExtract({ stimuli, layers }))
    for (const [layer, data] of batch.layers) features.set(layer, [...data]);
  return features;
}

describe('an image encoder of CLIP', () => {
  it.each([
    ['normalisations in one node', {}],
    ['normalisations in many nodes', { norm: 'many-nodes' }],
    ['no normalisation before the first block', { hasFirstNorm: false }],
    ['an input whose sizes the file does not say', { declaresSizes: false }],
    ['a text encoder beside it', { hasText: true }],
  ] as [string, Partial<TinyClip>][])('with %s has its layers under the same names', async (_, tiny) => {
    const model = await open(writeClip(tiny).model);
    expect(model.card).toMatchObject({
      id: 'net',
      title: 'Vision transformer of CLIP, 2 blocks of width 4 on patches of 8 x 8',
      family: 'other',
    });
    const layers = await model.listLayers();
    expect(layers.map(({ name, axes, shape }) => [name, axes.length, shape])).toEqual([
      ['patches', 3, [4, 2, 2]],
      ['block1', 3, [4, 2, 2]],
      ['block1_class', 1, [4]],
      ['block2', 3, [4, 2, 2]],
      ['block2_class', 1, [4]],
      ['embedding', 1, [3]],
    ]);
  });
});

describe('layers of CLIP', () => {
  it('are the tokens at the ends of the blocks: patches as a map, the class token as a vector', async () => {
    const { model, start, blocks } = writeClip();
    const named = await extract(await open(model), [
      'patches',
      'block1',
      'block1_class',
      'block2',
      'block2_class',
    ]);
    const onnx = createOnnxBackend();
    const own = await onnx.doLoad('net.onnx', onnx.parseOptions({ preprocessing }), context());
    const values = await extract(own, [start, ...blocks]);
    const tokensOf = (value: string) => {
      const all = values.get(value)!;
      return Array.from({ length: 5 }, (_, token) => all.slice(token * 4, token * 4 + 4));
    };
    for (const [layer, value] of [
      ['patches', start],
      ['block1', blocks[0]],
      ['block2', blocks[1]],
    ]) {
      const [classToken, ...patches] = tokensOf(value);
      const map = [0, 1, 2, 3].flatMap((feature) => patches.map((token) => token[feature]));
      expect(named.get(layer)).toEqual(map);
      if (layer !== 'patches') expect(named.get(`${layer}_class`)).toEqual(classToken);
    }
  });

  it('come by the names of transformers and of open_clip as well', async () => {
    const model = await open(writeClip().model);
    const byName = await extract(model, [
      ...['patches', 'vision_model.pre_layrnorm', 'visual.ln_pre'],
      ...['block2', 'vision_model.encoder.layers.1', 'visual.transformer.resblocks.1'],
      ...['embedding', 'image_embeds', 'visual_projection', 'visual'],
    ]);
    const same = [...byName.values()].map((values) =>
      [...byName.values()].findIndex((other) => String(other) === String(values)),
    );
    expect(same).toEqual([0, 0, 0, 3, 3, 3, 6, 6, 6, 6]);
  });

  it('name the nearest for one that is not there', async () => {
    await expect(extract(await open(writeClip().model), ['blok2'])).rejects.toMatchObject({
      code: 'STRIATE_UNKNOWN_LAYER',
      hint: expect.stringContaining('"block2"') as string,
    });
  });

  it('are the same beside a text encoder as without', async () => {
    const layers = ['block1', 'embedding'];
    const alone = await extract(await open(writeClip().model), layers);
    expect(await extract(await open(writeClip({ hasText: true }).model), layers)).toEqual(alone);
  });
});

describe('where a CLIP is looked for', () => {
  it('takes a folder in the layout of transformers.js, with its preprocessing', async () => {
    await writeHubFolder('mine', writeClip().model);
    const { card } = await load('mine', {});
    expect(card.id).toBe('mine');
    expect(card.preprocessing).toContain('shorter side resized to 16, central 16 x 16 pixels kept (bicubic');
    expect(card.preprocessing).toContain('mean [0.5, 0.5, 0.5] subtracted, divided by [0.25, 0.25, 0.25]');
  });

  it('takes the image part of a folder that holds both parts in one file', async () => {
    await writeHubFolder('both', writeClip({ hasText: true }).model, 'model');
    expect((await (await load('both', {})).listLayers()).map(({ name }) => name)).toContain('embedding');
  });

  /** As ViT-B/32 is, but for one matrix in all places of its blocks. */
  const base32 = () => writeClip({ nBlocks: 12, width: 768, patch: 32, size: [64, 64] }).model;

  it.each(['clip-vit-base-patch32', 'Xenova/clip-vit-base-patch32'])(
    'knows of %s what it was trained on',
    async (name) => {
      await writeHubFolder('models/Xenova/clip-vit-base-patch32', base32(), 'vision_model', 64);
      expect((await load(name, {})).card).toMatchObject({
        ...{ id: 'clip-vit-base-patch32', title: 'CLIP ViT-B/32', family: 'contrastive', licence: 'MIT' },
        trainingData: expect.stringContaining('400 million') as string,
      });
    },
  );

  it('refuses weights that are not of the variant asked for', async () => {
    await writeHubFolder('models/Xenova/clip-vit-base-patch16', base32(), 'vision_model', 64);
    await expect(load('clip-vit-base-patch16', {})).rejects.toMatchObject({
      code: 'STRIATE_NOT_OF_FAMILY',
      context: {
        family: 'CLIP ViT-B/16',
        reason:
          'it has 12 blocks of width 768 on patches of 32 x 32, not 12 blocks of width 768 on patches of 16 x 16',
      },
    });
  });

  it('says everywhere it looked, and what to download', async () => {
    await expect(load('clip-vit-large-patch14', {})).rejects.toMatchObject({
      code: 'STRIATE_MODEL_NOT_FOUND',
      context: {
        tried: expect.arrayContaining([
          join(folder, 'models/Xenova/clip-vit-large-patch14/onnx/vision_model.onnx'),
          join(folder, 'hub/models--Xenova--clip-vit-large-patch14/snapshots/main/onnx/model.onnx'),
        ]) as string[],
      },
      hint: expect.stringMatching(
        /preprocessor_config\.json and onnx\/vision_model\.onnx of https:\/\/huggingface\.co\/Xenova\/clip-vit-large-patch14/,
      ) as string,
    });
  });
});

describe('listModels', () => {
  it('lists the variants that can be had by id', () => {
    expect(backend.listModels().map((card) => card.id)).toEqual([
      'clip-vit-base-patch32',
      'clip-vit-base-patch16',
      'clip-vit-large-patch14',
    ]);
  });
});
