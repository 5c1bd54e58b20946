import { evaluate, input, type Parameter, type Value } from '@striate/compute';
import { describeBackend } from '@striate/conformance';
import type { Stimulus, TrainableCore } from '@striate/contracts';
import sharp from 'sharp';
import { plugin } from './plugin.js';

const backend = plugin.provides.backends!['response-optimized']();
const context = { baseFolder: '.', device: 'cpu' } as const;
const SMALL = { fields: 2, preprocessing: { size: 16 } };
const load = (model: string, options: object = SMALL) =>
  backend.doLoad(model, backend.parseOptions(options), context);

/** An image of one colour. */
async function coloured(id: string, [r, g, b]: readonly number[]): Promise<Stimulus> {
  const background = { r, g, b };
  const bytes = await sharp({ create: { width: 20, height: 10, channels: 3, background } })
    .png()
    .toBuffer();
  return { id, image: { location: id, sha256: id, readBytes: () => Promise.resolve(bytes) } };
}

const COLOURS = [
  [1, 2, 3],
  [40, 50, 60],
  [7, 80, 9],
  [10, 20, 30],
  [255, 0, 255],
];
const stimuli = await Promise.all(COLOURS.map((colour, i) => coloured(`s${i}`, colour)));

describeBackend({ describe, it }, () => ({
  ...{ plugin: 'response-optimized', backend, options: backend.parseOptions(SMALL), stimuli },
  open: () => load('c8-image'),
}));

describe('c8-image', () => {
  it('gives the pixels that the network of the paper is shown, normalised as for ImageNet', async () => {
    const model = await load('c8-image');
    for await (const { layers } of model.doExtract({ stimuli: stimuli.slice(4), layers: ['pixels'] })) {
      const pixels = layers.get('pixels')!;
      const centre = [0, 1, 2].map((channel) => pixels[channel * 256 + 128]);
      const expected = [1, 0, 1].map(
        (value, c) => (value - [0.485, 0.456, 0.406][c]) / [0.229, 0.224, 0.225][c],
      );
      centre.forEach((value, channel) => expect(value).toBeCloseTo(expected[channel], 5));
    }
  });

  it('is 224 pixels and 48 fields wide unless it is told otherwise', async () => {
    const model = await load('c8-image', {});
    expect((await model.listLayers())[0]).toMatchObject({ name: 'pixels', shape: [3, 224, 224] });
    expect(model.core!.measure([3, 224, 224]).map).toEqual([384, 28, 28]);
  });

  it('has a core that makes a map of its pixels', async () => {
    const { core } = await load('c8-image');
    const open = (core as TrainableCore<Value, Parameter>).open([3, 16, 16], 1);
    const { featureMap } = open.build(input('pixels', [1, 3, 16, 16]), 'evaluation');
    const pixels = { dtype: 'float32', shape: [1, 3, 16, 16], data: new Float32Array(768).fill(1) } as const;
    const [value] = Object.values(await evaluate({ featureMap }, { pixels }));
    expect(value.shape).toEqual([1, ...core!.measure([3, 16, 16]).map]);
  });

  it('has the fingerprint of its pixels, and its core one of the width: pixels are kept when the core changes', async () => {
    const [narrow, wide] = [await load('c8-image'), await load('c8-image', { ...SMALL, fields: 3 })];
    expect(narrow.fingerprint).toBe(wide.fingerprint);
    expect(narrow.core!.fingerprint).not.toBe(wide.core!.fingerprint);
    const larger = await load('c8-image', { ...SMALL, preprocessing: { size: 18 } });
    expect(larger.fingerprint).not.toBe(narrow.fingerprint);
  });
});

describe('c8-captions', () => {
  it('has a core for grids of captions, and refuses to be a model by itself', async () => {
    const model = await load('c8-captions');
    expect(model.core!.measure([512, 8, 8]).map).toEqual([16, 4, 4]);
    const refusal = {
      code: 'STRIATE_UNSUPPORTED',
      hint: expect.stringContaining('model: c8-captions') as unknown,
    };
    await expect(model.checkStimuli!(stimuli)).rejects.toMatchObject(refusal);
    await expect(model.listLayers()).rejects.toMatchObject(refusal);
  });
});

describe('the backend', () => {
  it('names the nearest model of one that it does not know', async () => {
    await expect(load('c8-images')).rejects.toMatchObject({
      code: 'STRIATE_UNKNOWN_ID',
      hint: expect.stringContaining('c8-image') as unknown,
    });
  });
});
