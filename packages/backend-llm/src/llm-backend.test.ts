import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeModel } from '@striate/compute';
import { captioned, featuresOf, FIXTURES, loadTiny, readTinyNetwork } from './__fixtures__/tiny-models.js';
import { createLlmBackend } from './llm-backend.js';

let folder: string;
let hubCache: string | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'striate-llm-'));
  hubCache = process.env.HF_HUB_CACHE;
  process.env.HF_HUB_CACHE = join(folder, 'hub');
});
afterAll(async () => {
  if (hubCache === undefined) delete process.env.HF_HUB_CACHE;
  else process.env.HF_HUB_CACHE = hubCache;
  await rm(folder, { recursive: true });
});

const load = (model: string, options: object = {}) => loadTiny(model, options, folder);
const namesOf = async (model: string, options?: object) =>
  (await (await loadTiny(model, options)).listLayers()).map(({ name }) => name);

/** A copy of a tiny model, changed. */
async function changed(model: string, files: Readonly<Record<string, string | Uint8Array | null>>) {
  const copy = await mkdtemp(join(folder, `${model}-`));
  await cp(join(FIXTURES, model), copy, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    await rm(join(copy, path));
    if (content !== null) await writeFile(join(copy, path), content);
  }
  return copy;
}

describe('layers of a language model', () => {
  it.each([
    ['tiny-mpnet', ['block1', 'block2', 'block3', 'embedding']],
    ['tiny-bert', ['block1', 'block2']],
    ['tiny-clip', ['block1', 'block2', 'block3', 'last', 'embedding']],
    ['tiny-gpt2', ['block1', 'block2', 'block3']],
  ])('of %s are %j', async (model, names) => expect(await namesOf(model)).toEqual(names));

  it('are vectors, whatever the length of a text', async () => {
    const layers = await (await loadTiny('tiny-clip')).listLayers();
    expect(layers.map(({ axes, shape }) => [axes, shape])).toEqual([
      ...Array<unknown>(4).fill([['feature'], [16]]),
      [['feature'], [8]],
    ]);
  });

  it('have the last block as the last hidden state, where no normalisation comes between', async () => {
    const model = await loadTiny('tiny-mpnet');
    const stimuli = [captioned('a red disc')];
    expect(await featuresOf(model, stimuli, 'last')).toEqual(await featuresOf(model, stimuli, 'block3'));
    const [, , block3, last] = await (await loadTiny('tiny-clip')).listLayers();
    expect([block3.aliases, last.name]).toEqual([undefined, 'last']);
  });

  it.each([
    ['last token of a causal model', 'tiny-gpt2', 'last'],
    ['last token of a text encoder of CLIP', 'tiny-clip', 'last'],
    ['mean over the tokens of any other', 'tiny-bert', 'mean'],
  ])('are the %s unless told otherwise', async (_, model, pooling) => {
    const stimuli = [captioned('two small blue rings')];
    const [said, told] = [await loadTiny(model), await loadTiny(model, { pooling })];
    expect(await featuresOf(said, stimuli, 'block2')).toEqual(await featuresOf(told, stimuli, 'block2'));
  });
});

describe('captions', () => {
  it('are averaged over an image', async () => {
    const model = await loadTiny('tiny-mpnet');
    const [one, two, both] = await featuresOf(model, [
      ...[captioned('a red disc'), captioned('nothing')],
      captioned('a red disc', 'nothing'),
    ]);
    expect(both).toEqual(one.map((value, i) => Math.fround((value + two[i]) / 2)));
  });

  it('are cut where the model ends, and the card says where', async () => {
    const model = await loadTiny('tiny-mpnet');
    const words = 'a red disc , two blue disc . is left'; // 10 tokens, and two special ones
    const [fits, long] = await featuresOf(model, [captioned(words), captioned(`${words} on the right`)]);
    expect(long).toEqual(fits);
    expect(model.card.preprocessing).toContain('cut behind 12 tokens');
  });

  it('are cut where the options say', async () => {
    const model = await loadTiny('tiny-clip', { maxTokens: 3 });
    const [one, two] = await featuresOf(model, [captioned('a red disc'), captioned('a blue ring')]);
    expect(two).toEqual(one);
  });

  it('are refused where a model that adds no tokens of its own is given nothing', async () => {
    await expect(featuresOf(await loadTiny('tiny-gpt2'), [captioned('')], 'block1')).rejects.toMatchObject({
      code: 'STRIATE_MODEL_RUN_FAILED',
    });
  });
});

describe('a network that is quantised as it runs', () => {
  it('gives a text the same features whatever its company', async () => {
    const network = await readTinyNetwork('tiny-bert/onnx/model.onnx');
    const { node } = network.graph;
    const nodes = [
      ...node.map((each) => ({
        ...{ ...each, output: each.output.map((name) => (name === 'last_hidden_state' ? 'exact' : name)) },
      })),
      { opType: 'DynamicQuantizeLinear', input: ['exact'], output: ['steps', 'scale', 'zero'] },
      { opType: 'DequantizeLinear', input: ['steps', 'scale', 'zero'], output: ['last_hidden_state'] },
    ];
    const quantised = encodeModel({ ...network, graph: { ...network.graph, node: nodes } });
    const model = await load(await changed('tiny-bert', { 'onnx/model.onnx': quantised }), { batchSize: 2 });
    const texts = [
      'a red disc',
      'a blue ring',
      'two small blue',
      'is on , among',
      ': ! . .',
      'nothing right the',
    ];
    const stimuli = texts.map((text) => captioned(text));
    const together = await featuresOf(model, stimuli, 'last');
    const alone = await Promise.all(
      stimuli.map(async (each) => (await featuresOf(model, [each], 'last'))[0]),
    );
    expect(together).toEqual(alone);
  });
});

describe('the card', () => {
  it('says of a folder what it is, and of a text encoder of CLIP that it was trained by contrast', async () => {
    expect((await loadTiny('tiny-bert')).card).toMatchObject({ id: 'tiny-bert', family: 'language' });
    expect((await loadTiny('tiny-clip')).card).toMatchObject({ id: 'tiny-clip', family: 'contrastive' });
  });

  it('says what the options say', async () => {
    const { card } = await loadTiny('tiny-bert', { card: { title: 'Mine' } });
    expect(card.title).toBe('Mine');
  });
});

describe('the fingerprint', () => {
  const fingerprint = async (options: object, model = 'tiny-mpnet') =>
    (await loadTiny(model, options)).fingerprint;

  it.each([
    ['the pooling', { pooling: 'cls' }],
    ['the recipe', { embedding: { isNormalised: false } }],
    ['the length that texts are cut to', { maxTokens: 5 }],
    ['the batch size', { batchSize: 3 }],
    ['what is read', { input: 'caption-grid' }],
  ])('changes with %s', async (_, options) => {
    expect(await fingerprint(options)).not.toBe(await fingerprint({}));
  });

  it('changes with a file of the tokenizer', async () => {
    const copy = await changed('tiny-mpnet', {});
    const other = await changed('tiny-mpnet', {
      'tokenizer_config.json': '{ "tokenizer_class": "MPNetTokenizer", "model_max_length": 31 }',
    });
    expect(await fingerprint({}, copy)).toBe(await fingerprint({}));
    expect(await fingerprint({}, other)).not.toBe(await fingerprint({}));
  });
});

describe('where a language model is looked for', () => {
  it("takes an id from the folder of models, with its publisher's recipe", async () => {
    const path = join(folder, 'models/Xenova/all-mpnet-base-v2');
    await cp(join(FIXTURES, 'tiny-bert'), path, { recursive: true });
    const model = await load('all-mpnet-base-v2');
    expect(model.card).toMatchObject({ id: 'all-mpnet-base-v2', licence: 'Apache-2.0', family: 'language' });
    const [row] = await featuresOf(model, [captioned('a red disc')]);
    expect(Math.hypot(...row)).toBeCloseTo(1, 5);
    expect((await load('Xenova/all-mpnet-base-v2')).fingerprint).toBe(model.fingerprint);
  });

  it('takes a name of the hub from the cache of its tools', async () => {
    const repository = join(folder, 'hub/models--some-one--clip');
    await mkdir(join(repository, 'refs'), { recursive: true });
    await writeFile(join(repository, 'refs/main'), 'abc123\n');
    await cp(join(FIXTURES, 'tiny-clip'), join(repository, 'snapshots/abc123'), { recursive: true });
    expect((await load('some-one/clip')).card.family).toBe('contrastive');
  });

  it('takes the path of a network in its folder', async () => {
    const { card } = await loadTiny('tiny-gpt2/onnx/decoder_model.onnx');
    expect(card.id).toBe('tiny-gpt2');
  });

  it.each([
    ['clip-vit-base-patch32', 'onnx/text_model.onnx of https://huggingface.co/Xenova/clip-vit-base-patch32'],
    ['some-one/else', 'tokenizer_config.json and onnx/model.onnx of https://huggingface.co/some-one/else'],
  ])('says of a missing %s what to download', async (model, words) => {
    await expect(load(model)).rejects.toMatchObject({
      code: 'STRIATE_MODEL_NOT_FOUND',
      hint: expect.stringContaining(words) as string,
    });
  });

  it.each(['config.json', 'tokenizer.json', 'tokenizer_config.json'])('names a missing %s', async (file) => {
    const copy = await changed('tiny-bert', { [file]: null });
    await expect(load(copy)).rejects.toMatchObject({
      code: 'STRIATE_FILE_MISSING',
      context: { path: join(copy, file) },
    });
  });

  it('lists what can be had by id', () => {
    const ids = createLlmBackend()
      .listModels()
      .map(({ id }) => id);
    expect(ids).toEqual(['all-mpnet-base-v2', 'all-MiniLM-L6-v2', 'clip-vit-base-patch32', 'gpt2']);
  });
});

describe('files that are not understood', () => {
  it.each([
    ['a tokenizer that is no tokenizer', { 'tokenizer.json': '{}' }],
    ['a tokenizer that is no JSON', { 'tokenizer.json': '<html>' }],
    [
      'a module that is not known',
      { 'modules.json': '[{ "type": "a.Transformer" }, { "type": "a.Dense" }]' },
    ],
    ['a pooling that is not known', { '1_Pooling/config.json': '{ "pooling_mode_max_tokens": true }' }],
    [
      'two poolings',
      { '1_Pooling/config.json': '{ "pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true }' },
    ],
  ])('are refused: %s', async (_, files) => {
    const extract = async () => featuresOf(await load(await changed('tiny-mpnet', files)), [captioned('a')]);
    await expect(extract()).rejects.toMatchObject({ code: 'STRIATE_MODEL_FILE_MALFORMED' });
  });

  /** A network of a tiny model with other inputs and outputs. */
  async function rewired(inputs: readonly object[], outputs: readonly string[]) {
    const model = await readTinyNetwork('tiny-bert/onnx/model.onnx');
    const graph = { ...model.graph, input: inputs as never, output: outputs.map((name) => ({ name })) };
    return load(await changed('tiny-bert', { 'onnx/model.onnx': encodeModel({ ...model, graph }) }));
  }
  const ids = (...dim: object[]) => ({
    name: 'input_ids',
    type: { tensorType: { elemType: 7, shape: { dim } } },
  });
  const [any, ten] = [{ dimParam: 'n' }, { dimValue: 10 }];

  it.each([
    ['that reads images', [ids(any, any), { name: 'pixel_values' }], 'pixel_values'],
    ['that reads no text', [{ name: 'image' }], 'image'],
    ['for texts of one length', [ids(any, ten)], '10 tokens'],
  ])('are refused: a network %s', async (_, inputs, words) => {
    await expect(rewired(inputs, ['last_hidden_state'])).rejects.toMatchObject({
      code: 'STRIATE_NOT_OF_FAMILY',
      context: { reason: expect.stringContaining(words) as string },
    });
  });

  it('are refused: a network without an output that is known', async () => {
    await expect(rewired([ids(any, any)], ['something'])).rejects.toMatchObject({
      code: 'STRIATE_NOT_OF_FAMILY',
      context: { reason: expect.stringContaining('something') as string },
    });
  });
});

describe('options', () => {
  it.each([
    [{ input: 'image' }, 'input'],
    [{ pooling: 'max' }, 'pooling'],
    [{ grid: { height: 0 } }, 'grid.height'],
    [{ maxTokens: 2 }, 'maxTokens'],
  ])('%j are refused', (raw, option) => {
    expect(() => createLlmBackend().parseOptions(raw)).toThrow(
      expect.objectContaining({
        code: 'STRIATE_INVALID_OPTION',
        context: expect.objectContaining({ option }),
      }),
    );
  });
});

describe('export', () => {
  it('is not offered: no graph leads from pixels to captions', async () => {
    expect((await loadTiny('tiny-bert')).toGraph).toBeUndefined();
  });
});
