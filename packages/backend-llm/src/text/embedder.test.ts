import { dirname, join } from 'node:path';
import { FIXTURES } from '../__fixtures__/tiny-models.js';
import { describeModel } from '../model/describe.js';
import { parseLlmOptions } from '../options.js';
import { openEmbedder, type Embedder } from './embedder.js';

const path = join(FIXTURES, 'tiny-bert/onnx/model.onnx');
const tokenised: string[] = [];
let embedder: Embedder;

beforeAll(async () => {
  const { model } = await describeModel({
    ...{ id: 'tiny', path, folder: dirname(dirname(path)), published: undefined },
    ...{ options: parseLlmOptions({}), context: { baseFolder: '.', device: 'cpu' } },
  });
  const tokenize = (text: string) => {
    tokenised.push(text);
    return [2, 4 + (text.length % 30), 3];
  };
  embedder = await openEmbedder(model, model.layers, tokenize, () => undefined);
});
beforeEach(() => tokenised.splice(0));
afterAll(() => embedder.dispose());

describe('openEmbedder', () => {
  it('embeds a text once, in one call and over several', async () => {
    const first = await embedder.embed(['a', 'bb', 'a']);
    const again = await embedder.embed(['bb', 'ccc', 'a']);
    expect(tokenised).toEqual(['a', 'bb', 'ccc']);
    expect(again.get('a')).toBe(first.get('a'));
  });

  it('forgets texts that came long ago', async () => {
    const many = Array.from({ length: 1024 }, (_, i) => `text ${i}`);
    const vectors = await embedder.embed(['long ago', ...many]);
    expect(vectors.size).toBe(1025);
    tokenised.splice(0);
    await embedder.embed(['long ago', 'text 1023']);
    expect(tokenised).toEqual(['long ago']);
  });
});
