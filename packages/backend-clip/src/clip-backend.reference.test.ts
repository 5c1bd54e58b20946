// A small CLIP with random weights, exported by torch in both its ways, beside what torch computes with it: see
// __fixtures__/README.md.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeRgb } from '@striate/backend-onnx';
import { evaluate, input, type Value } from '@striate/compute';
import type { LoadedModel, Stimulus } from '@striate/contracts';
import { createClipBackend } from './clip-backend.js';

interface Reference {
  /** [block, token, feature], the first of them what the first block reads. */
  readonly hiddenStates: readonly (readonly (readonly number[])[])[];
  readonly imageEmbeds: readonly number[];
}

const fixture = (name: string) => readFileSync(new URL(`__fixtures__/${name}`, import.meta.url));
const reference = JSON.parse(String(fixture('reference.json'))) as Reference;
const image = new Uint8Array(fixture('image.png'));
const stimulus: Stimulus = {
  id: 'image',
  image: {
    location: 'image.png',
    sha256: createHash('sha256').update(image).digest('hex'),
    readBytes: () => Promise.resolve(image),
  },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'striate-clip-reference-'));
  for (const name of ['classic', 'dynamo']) {
    await mkdir(join(folder, name, 'onnx'), { recursive: true });
    await writeFile(join(folder, name, 'onnx/vision_model.onnx'), fixture(`${name}.onnx`));
    await writeFile(join(folder, name, 'preprocessor_config.json'), fixture('preprocessor_config.json'));
  }
});
afterAll(() => rm(folder, { recursive: true }));

const backend = createClipBackend();
const open = (model: string, options: object = {}) =>
  backend.doLoad(model, backend.parseOptions(options), { baseFolder: folder, device: 'cpu' });

async function extract(model: LoadedModel, layers: readonly string[]): Promise<Map<string, Float32Array>> {
  const batches: (readonly [string, Float32Array])[] = [];
  for await (const batch of model.doExtract({ stimuli: [stimulus], layers })) batches.push(...batch.layers);
  return new Map(batches);
}

/** [token, feature] → [feature, token], the class token left out: what a map holds, row by row. */
const asMap = ([, ...patches]: readonly (readonly number[])[]) =>
  patches[0].flatMap((_, feature) => patches.map((token) => token[feature]));

const { hiddenStates, imageEmbeds } = reference;
const EXPECTED: readonly (readonly [string, readonly number[]])[] = [
  ['patches', asMap(hiddenStates[0])],
  ['block1', asMap(hiddenStates[1])],
  ['block1_class', hiddenStates[1][0]],
  ['block2', asMap(hiddenStates[2])],
  ['block2_class', hiddenStates[2][0]],
  ['embedding', imageEmbeds],
];

const largestDifference = (a: ArrayLike<number>, b: readonly number[]) => {
  expect(a.length).toBe(b.length);
  return b.reduce((largest, value, i) => Math.max(largest, Math.abs(a[i] - value)), 0);
};

const cosine = (a: ArrayLike<number>, b: readonly number[]) => {
  const dot = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    Array.from(x).reduce((sum, value, i) => sum + value * y[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};

describe.each(['classic', 'dynamo'])("a CLIP exported by torch's %s exporter", (name) => {
  it('is recognised, with its layers and their shapes', async () => {
    const model = await open(name);
    expect(model.card.title).toBe('Vision transformer of CLIP, 2 blocks of width 16 on patches of 8 x 8');
    const layers = await model.listLayers();
    expect(layers.map(({ name: layer, shape }) => [layer, shape])).toEqual([
      ['patches', [16, 4, 4]],
      ['block1', [16, 4, 4]],
      ['block1_class', [16]],
      ['block2', [16, 4, 4]],
      ['block2_class', [16]],
      ['embedding', [12]],
    ]);
  });

  it('gives what torch gives at every layer, from the image file on, to 1e-5', async () => {
    const features = await extract(
      await open(name),
      EXPECTED.map(([layer]) => layer),
    );
    const differences = EXPECTED.map(([layer, expected]) =>
      largestDifference(features.get(layer)!, expected),
    );
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  });

  it.each(EXPECTED)(
    'is a graph from pixels to %s for export, which gives the same',
    async (layer, expected) => {
      const model = await open(name);
      const { data, height, width } = await decodeRgb(image);
      const pixels = input('image', ['height', 'width', 3], 'uint8');
      const features = (await model.toGraph!(layer, pixels)) as Value;
      const feeds = { image: { dtype: 'uint8', shape: [height, width, 3], data } } as const;
      const computed = (await evaluate({ features }, feeds)).features;
      const { shape } = (await model.listLayers()).find((each) => each.name === layer)!;
      expect(computed.shape).toEqual([1, ...shape]);
      expect(largestDifference(computed.data as Float32Array, expected)).toBeLessThan(1e-5);
    },
  );
});

describe('preprocessing for CLIP', () => {
  it('is that of transformers on Pillow, from a file to a cosine over 0.9999; bilinear resampling falls short', async () => {
    const embed = async (options: object) =>
      (await extract(await open('classic', options), ['embedding'])).get('embedding')!;
    expect(cosine(await embed({}), imageEmbeds)).toBeGreaterThan(0.9999);
    const bilinear = await embed({ preprocessing: { interpolation: 'bilinear' } });
    expect(cosine(bilinear, imageEmbeds)).toBeLessThan(0.9999);
  });
});
