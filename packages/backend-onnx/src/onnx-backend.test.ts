import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OnnxModel } from '@striate/compute';
import type { ExtractRequest, LoadedModel, Stimulus } from '@striate/contracts';
import {
  AS_IS,
  bytesOf,
  info,
  int,
  ints,
  network,
  quantisedNetwork,
  spottedStimulus,
  tinyNetwork,
  weights,
} from './__fixtures__/networks.js';
import { createOnnxBackend } from './onnx-backend.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'striate-backend-onnx-'));
});
afterAll(() => rm(folder, { recursive: true }));

const backend = createOnnxBackend();

async function open(model: OnnxModel, options: object = {}, name = 'net'): Promise<LoadedModel> {
  await writeFile(join(folder, `${name}.onnx`), bytesOf(model));
  const parsed = backend.parseOptions({ preprocessing: AS_IS, ...options });
  return backend.doLoad(`${name}.onnx`, parsed, { baseFolder: folder, device: 'cpu' });
}

async function extract(model: LoadedModel, request: ExtractRequest) {
  const rows: Record<string, number[]>[] = [];
  for await (const batch of model.doExtract(request)) {
    expect(batch.start).toBe(rows.length);
    for (let i = 0; i < batch.count; i++) {
      const row = [...batch.layers].map(([layer, data]) => {
        const length = data.length / batch.count;
        return [layer, Array.from(data.subarray(i * length, (i + 1) * length))];
      });
      rows.push(Object.fromEntries(row) as Record<string, number[]>);
    }
  }
  return rows;
}

/** What `tinyNetwork` makes of a spotted image, by hand. */
const byHand = ([red, green, blue]: readonly number[]) => ({
  weighted: [0, ...Array(3).fill(red + green), 0, ...Array(3).fill(10 * blue)],
  mean: [0.75 * (red + green) + 1, 7.5 * blue + 2],
});
const colours = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
  [10, 20, 30],
  [255, 255, 255],
];
const stimuli = (): Promise<Stimulus[]> =>
  Promise.all(colours.map((colour, i) => spottedStimulus(`s${i}`, colour)));

describe('doLoad of the onnx backend', () => {
  it('says what was tried when there is no file', async () => {
    const context = { baseFolder: folder, device: 'cpu' } as const;
    await expect(backend.doLoad('none.onnx', backend.parseOptions({}), context)).rejects.toMatchObject({
      code: 'STRIATE_MODEL_NOT_FOUND',
      context: { tried: [join(folder, 'none.onnx')] },
    });
  });

  it('refuses a file that is cut short', async () => {
    const bytes = bytesOf(tinyNetwork());
    await writeFile(join(folder, 'half.onnx'), bytes.subarray(0, bytes.length - 7));
    const context = { baseFolder: folder, device: 'cpu' } as const;
    await expect(backend.doLoad('half.onnx', backend.parseOptions({}), context)).rejects.toMatchObject({
      code: 'STRIATE_ONNX_MALFORMED',
    });
  });

  it('refuses a network with two image inputs', async () => {
    const two = tinyNetwork();
    two.graph.input.push(info('other', 'n', 3, 2, 2));
    await expect(open(two)).rejects.toMatchObject({ code: 'STRIATE_UNSUPPORTED' });
  });

  it('takes size and layout from the graph, and asks for what it does not say', async () => {
    await expect(open(tinyNetwork(), { preprocessing: { resize: 'squash' } })).rejects.toMatchObject({
      code: 'STRIATE_PREPROCESSING_UNKNOWN',
      context: { missing: ['interpolation', 'scale', 'mean', 'sd'] },
    });
  });

  it('knows by a convolution that reads the image that channels come first, where the file says no sizes', async () => {
    const silent = tinyNetwork();
    silent.graph.input = [info('pixels', 'n', 'channels', 'height', 'width')];
    const [row] = await extract(await open(silent), {
      stimuli: (await stimuli()).slice(0, 1),
      layers: ['mean'],
    });
    expect(row.mean).toEqual(byHand(colours[0]).mean);
    silent.graph.node.unshift({ opType: 'Relu', input: ['pixels'], output: ['bright'] });
    silent.graph.node[1].input = ['bright', 'kernel'];
    await expect(open(silent)).rejects.toMatchObject({
      code: 'STRIATE_PREPROCESSING_UNKNOWN',
      context: { missing: ['layout'] },
    });
  });

  it('refuses a network that is quantised as it runs and takes several stimuli only', async () => {
    await expect(open(quantisedNetwork(2))).rejects.toMatchObject({ code: 'STRIATE_UNSUPPORTED' });
    await expect(open(quantisedNetwork(1))).resolves.toMatchObject({ needs: 'image' });
  });

  it('refuses a size that the network does not take', async () => {
    const preprocessing = { ...AS_IS, size: 3 };
    await expect(open(tinyNetwork(), { preprocessing })).rejects.toMatchObject({
      code: 'STRIATE_INVALID_OPTION',
      context: { actual: '[1, 3, 3, 3] (nchw)' },
    });
  });

  it('reads card and preprocessing from a file beside the model; options win', async () => {
    const card = { title: 'Beside', licence: 'MIT', preprocessing: AS_IS };
    await writeFile(join(folder, 'carded.card.json'), JSON.stringify(card));
    const options = { preprocessing: { mean: 5, sd: 2 }, card: { title: 'Mine' } };
    const model = await open(tinyNetwork('n', { source: 'a test' }), options, 'carded');
    expect(model.card).toMatchObject({ id: 'carded', title: 'Mine', licence: 'MIT', source: 'a test' });
    expect(model.card.preprocessing).toContain('mean [5, 5, 5] subtracted, divided by [2, 2, 2]');
  });

  it('refuses a card that is not JSON', async () => {
    await writeFile(join(folder, 'bad.card.json'), 'title: x');
    await expect(open(tinyNetwork(), {}, 'bad')).rejects.toMatchObject({
      code: 'STRIATE_MODEL_FILE_MALFORMED',
    });
  });
});

describe('fingerprint', () => {
  const fingerprint = async (model: OnnxModel, options = {}) => (await open(model, options)).fingerprint;

  it('is the same for the same file and options, and another for other weights, preprocessing or batch size', async () => {
    const other = tinyNetwork();
    other.graph.initializer[1] = weights('bias', [1, 2, 1, 1], [1, 3]);
    const all = [
      await fingerprint(tinyNetwork()),
      await fingerprint(other),
      await fingerprint(tinyNetwork(), { preprocessing: { ...AS_IS, channelOrder: 'bgr' } }),
      await fingerprint(tinyNetwork(), { batchSize: 3 }),
    ];
    expect(await fingerprint(tinyNetwork())).toBe(all[0]);
    expect(new Set(all).size).toBe(4);
  });

  it('changes with a byte of the external weights', async () => {
    const external = tinyNetwork();
    external.graph.initializer[1] = {
      name: 'bias',
      dims: [1, 2, 1, 1],
      dataType: 1,
      dataLocation: 1,
      externalData: [{ key: 'location', value: 'bias.bin' }],
    };
    await writeFile(join(folder, 'bias.bin'), new Uint8Array(Float32Array.of(100, 200).buffer));
    const before = await open(external);
    const [row] = await extract(before, { stimuli: (await stimuli()).slice(0, 1), layers: ['mean'] });
    expect(row.mean).toEqual([102.25, 222.5]);
    await writeFile(join(folder, 'bias.bin'), new Uint8Array(Float32Array.of(100, 201).buffer));
    expect(await fingerprint(external)).not.toBe(before.fingerprint);
    await rm(join(folder, 'bias.bin'));
    await expect(open(external)).rejects.toMatchObject({ code: 'STRIATE_FILE_MISSING' });
  });
});

describe('listLayers', () => {
  it('lists float values with a row per stimulus, in order, by their names in the file', async () => {
    const model = await open(tinyNetwork());
    expect(await model.listLayers()).toEqual([
      { name: 'weighted', axes: ['channel', 'height', 'width'], shape: [2, 2, 2], depth: 0 },
      { name: 'biased', axes: ['channel', 'height', 'width'], shape: [2, 2, 2], depth: 1 },
      { name: 'mean', axes: ['feature'], shape: [2], depth: 2 },
    ]);
  });

  it('leaves out what has one row for all stimuli, however many are run together', async () => {
    const model = tinyNetwork();
    const attribute = [ints('axes', 0), int('keepdims', 1)];
    model.graph.node.push({ opType: 'ReduceMax', input: ['biased'], output: ['largest'], attribute });
    for (const batchSize of [1, 8]) {
      const names = (await (await open(model, { batchSize })).listLayers()).map((layer) => layer.name);
      expect(names).toEqual(['weighted', 'biased', 'mean']);
    }
  });

  it('lists the layers of a network that takes three stimuli at a time', async () => {
    expect(await (await open(tinyNetwork(3))).listLayers()).toHaveLength(3);
  });

  it('leaves out what does not depend on the image', async () => {
    const model = tinyNetwork();
    model.graph.node.unshift({ opType: 'Neg', input: ['bias'], output: ['negated'] });
    const names = (await (await open(model)).listLayers()).map((layer) => layer.name);
    expect(names).not.toContain('negated');
  });
});

describe('doExtract', () => {
  it.each([1, 2, 4, 8])('computes several layers in batches of %i, in the order asked', async (batchSize) => {
    const model = await open(tinyNetwork(), { batchSize });
    const rows = await extract(model, { stimuli: await stimuli(), layers: ['mean', 'weighted'] });
    expect(rows).toEqual(colours.map(byHand));
  });

  it('runs a network that was exported for one stimulus at a time', async () => {
    const model = await open(tinyNetwork(1));
    const rows = await extract(model, { stimuli: await stimuli(), layers: ['mean'] });
    expect(rows.map((row) => row.mean)).toEqual(colours.map((colour) => byHand(colour).mean));
  });

  it('gives a stimulus the same features in any company where the network is quantised as it runs', async () => {
    const model = await open(quantisedNetwork());
    const shown = await stimuli();
    const together = await extract(model, { stimuli: shown, layers: ['coarse'] });
    const alone = shown.map((each) => extract(model, { stimuli: [each], layers: ['coarse'] }));
    expect(together).toEqual((await Promise.all(alone)).flat());
  });

  it('feeds channels last and turns maps that keep them last', async () => {
    // pixels [n, height, width, 3] → doubled (still last) → first: channels first, by a transposition
    const nodes = [
      { opType: 'Mul', input: ['pixels', 'two'], output: ['doubled'] },
      { opType: 'Transpose', input: ['doubled'], output: ['first'], attribute: [ints('perm', 0, 3, 1, 2)] },
    ];
    const tensorflow = network(nodes, [weights('two', [1], [2])], ['n', 2, 2, 3], 'first');
    const [row] = await extract(await open(tensorflow), {
      stimuli: [await spottedStimulus('s', [1, 2, 3])],
      layers: ['doubled', 'first'],
    });
    const expected = [0, 2, 2, 2, 0, 4, 4, 4, 0, 6, 6, 6];
    expect(row).toEqual({ doubled: expected, first: expected });
  });

  it('widens values that a network keeps in half precision', async () => {
    const half = { opType: 'Cast', input: ['mean'], output: ['half'], attribute: [int('to', 10)] };
    const model = tinyNetwork();
    model.graph.node.push(half);
    const opened = await open(model);
    expect((await opened.listLayers()).at(-1)).toMatchObject({ name: 'half', shape: [2] });
    const [row] = await extract(opened, {
      stimuli: [await spottedStimulus('s', [1, 2, 3])],
      layers: ['half'],
    });
    expect(row.half).toEqual(byHand([1, 2, 3]).mean);
  });

  it('swaps red and blue for a network that wants bgr', async () => {
    const model = await open(tinyNetwork(), { preprocessing: { ...AS_IS, channelOrder: 'bgr' } });
    const [row] = await extract(model, {
      stimuli: [await spottedStimulus('s', [1, 2, 3])],
      layers: ['mean'],
    });
    expect(row.mean).toEqual(byHand([3, 2, 1]).mean);
  });

  it('names the stimulus whose bytes are no image', async () => {
    const readBytes = () => readFile(join(folder, 'net.onnx'));
    const model = await open(tinyNetwork());
    const bad = { id: 'broken', image: { location: 'broken.png', sha256: '', readBytes } };
    await expect(
      extract(model, { stimuli: [...(await stimuli()), bad], layers: ['mean'] }),
    ).rejects.toMatchObject({
      code: 'STRIATE_IMAGE_UNDECODABLE',
      context: { stimulus: 'broken', location: 'broken.png' },
    });
  });

  it('names the stimulus without an image, before any work if asked', async () => {
    const model = await open(tinyNetwork());
    const captioned = [...(await stimuli()), { id: 'words', captions: ['a dog'] }];
    const error = { code: 'STRIATE_STIMULUS_LACKS', context: { stimulus: 'words' } };
    await expect(model.checkStimuli!(captioned)).rejects.toMatchObject(error);
    await expect(extract(model, { stimuli: captioned, layers: ['mean'] })).rejects.toMatchObject(error);
    await expect(model.checkStimuli!(await stimuli())).resolves.toBeUndefined();
  });

  it('names the nearest layer for one that is not there', async () => {
    const model = await open(tinyNetwork());
    await expect(extract(model, { stimuli: await stimuli(), layers: ['baised'] })).rejects.toMatchObject({
      code: 'STRIATE_UNKNOWN_LAYER',
      hint: expect.stringContaining('"biased"') as string,
    });
  });

  it('refuses a value that has no row per stimulus', async () => {
    const model = await open(tinyNetwork());
    await expect(extract(model, { stimuli: await stimuli(), layers: ['top'] })).rejects.toMatchObject({
      code: 'STRIATE_MODEL_RUN_FAILED',
    });
  });

  it('stops between batches when it is told to', async () => {
    const model = await open(tinyNetwork(), { batchSize: 1 });
    const controller = new AbortController();
    const seen: number[] = [];
    const run = async () => {
      const request = { stimuli: await stimuli(), layers: ['mean'], signal: controller.signal };
      for await (const batch of model.doExtract(request)) {
        seen.push(batch.start);
        if (batch.start === 1) controller.abort();
      }
    };
    await expect(run()).rejects.toMatchObject({ code: 'STRIATE_ABORTED' });
    expect(seen).toEqual([0, 1]);
  });

  it('yields nothing for no stimuli', async () => {
    expect(await extract(await open(tinyNetwork()), { stimuli: [], layers: ['mean'] })).toEqual([]);
  });
});

describe('dispose', () => {
  it('may be called twice, and ends every use', async () => {
    const model = await open(tinyNetwork());
    await model.dispose();
    await model.dispose();
    const error = { code: 'STRIATE_USED_AFTER_DISPOSE' };
    await expect(model.listLayers()).rejects.toMatchObject(error);
    await expect(model.checkStimuli!([])).rejects.toMatchObject(error);
    await expect(extract(model, { stimuli: [], layers: [] })).rejects.toMatchObject(error);
  });
});
