import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSession, tapLayers, decodeModel, encodeModel } from '@striate/compute';
import type { ExtractRequest, LoadedModel } from '@striate/contracts';
import { withNpy } from '@striate/npy';
import { describeShared, imageStimulus, sharedData } from './__fixtures__/shared.js';
import { createOnnxBackend } from './onnx-backend.js';

const models = join(sharedData ?? '', 'models-vision');
const context = { baseFolder: models, device: 'cpu' } as const;
const squash = { resize: 'squash', interpolation: 'bilinear' };
const photographs = () =>
  readdirSync(join(sharedData ?? '', 'photos'))
    .filter((file) => file.endsWith('.png'))
    .map((file) => imageStimulus(join(sharedData ?? '', 'photos', file)));

async function open(file: string, options: object = {}): Promise<LoadedModel> {
  const backend = createOnnxBackend();
  return backend.doLoad(file, backend.parseOptions({ preprocessing: squash, ...options }), context);
}

/** All rows of every layer asked for. */
async function extract(model: LoadedModel, request: ExtractRequest): Promise<Map<string, Float32Array[]>> {
  const rows = new Map<string, Float32Array[]>(request.layers.map((layer) => [layer, []]));
  for await (const batch of model.doExtract(request)) {
    for (const [layer, data] of batch.layers) {
      const length = data.length / batch.count;
      for (let i = 0; i < batch.count; i++)
        rows.get(layer)!.push(data.subarray(i * length, (i + 1) * length));
    }
  }
  return rows;
}

const bitsOf = (row: Float32Array) => Buffer.from(row.buffer, row.byteOffset, row.byteLength);

function topThree(logits: Float32Array): { index: number; p: number }[] {
  const largest = Math.max(...logits);
  const exponentials = Array.from(logits, (value) => Math.exp(value - largest));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials
    .map((value, index) => ({ index, p: value / total }))
    .sort((a, b) => b.p - a.p)
    .slice(0, 3);
}

describeShared('the onnx backend on real networks', () => {
  const golden = () =>
    JSON.parse(readFileSync(join(models, 'golden/expected_top3.json'), 'utf8')) as Record<
      string,
      Record<string, { index: number; p: number }[]>
    >;

  it.each([['squeezenet1_1'], ['mobilenet_v2_imagenet'], ['mobilenet_v2_inat_bird']])(
    'classifies 16 photographs with %s as the Pillow pipeline did',
    async (name) => {
      const model = await open(`${name}.onnx`);
      const stimuli = photographs();
      const { logits } = Object.fromEntries(await extract(model, { stimuli, layers: ['logits'] }));
      stimuli.forEach(({ id }, i) => {
        const expected = golden()[name][id];
        const actual = topThree(logits[i]);
        expect(actual[0].index).toBe(expected[0].index);
        // The reference is printed to 4 digits.
        actual.forEach(({ p }, rank) => expect(Math.abs(p - expected[rank].p)).toBeLessThanOrEqual(6e-5));
      });
      await model.dispose();
    },
  );

  it('gives the golden output of SqueezeNet for its golden input', async () => {
    const file = readFileSync(join(models, 'squeezenet1_1.onnx'));
    const tapped = tapLayers(decodeModel(file, 'squeezenet'), ['logits'], 'squeezenet');
    const session = await openSession(encodeModel(tapped), { fusion: 'none' });
    const read = (part: string) =>
      withNpy(join(models, `golden/squeezenet1.1_nchw_${part}_0.npy`), (npy) => npy.readAll());
    const [data, expected] = (await Promise.all([read('input'), read('output')])) as Float32Array[];
    const { logits } = await session.run({ data: { dtype: 'float32', shape: [1, 3, 224, 224], data } });
    const difference = (logits.data as Float32Array).map((value, i) => Math.abs(value - expected[i]));
    // The logits reach 270, and were made by another runtime: float32 over 15 layers.
    expect(Math.max(...difference)).toBeLessThan(3e-4);
    await session.dispose();
  });

  it('names what the file does not say about preprocessing, and asks for no more', async () => {
    await expect(open('squeezenet1_1.onnx', { preprocessing: {} })).rejects.toMatchObject({
      code: 'STRIATE_PREPROCESSING_UNKNOWN',
      context: { missing: ['resize', 'resizeTo', 'interpolation'] },
    });
  });

  it('lists the layers of SqueezeNet in order of computation, with their shapes', async () => {
    const model = await open('squeezenet1_1.onnx');
    const layers = new Map((await model.listLayers()).map((layer) => [layer.name, layer]));
    expect(layers.get('conv1')).toMatchObject({
      axes: ['channel', 'height', 'width'],
      shape: [64, 111, 111],
    });
    expect(layers.get('fire2')?.shape).toEqual([128, 55, 55]);
    expect(layers.get('logits')).toMatchObject({ axes: ['feature'], shape: [1000] });
    expect(layers.get('fire9')!.depth).toBeGreaterThan(layers.get('fire2')!.depth);
  });

  it.each([
    ['squeezenet1_1', ['conv1', 'fire5', 't20', 'logits']],
    ['mobilenet_v2_imagenet', ['block_0', 't28', 'embedding', 'logits']],
    ['resnet50_v2_stages1-3_fp16w', ['stem_relu', 't16', 'stage2_block1', 'stage3_gap']],
  ])('gives the same bits from %s whatever else is asked for', async (name, layers) => {
    const model = await open(`${name}.onnx`, { batchSize: 2 });
    const stimuli = photographs().slice(0, 3);
    const together = await extract(model, { stimuli, layers });
    for (const layer of layers) {
      const alone = await extract(model, { stimuli: stimuli.slice(1, 2), layers: [layer] });
      expect(bitsOf(alone.get(layer)![0]).equals(bitsOf(together.get(layer)![1]))).toBe(true);
    }
  });
});
