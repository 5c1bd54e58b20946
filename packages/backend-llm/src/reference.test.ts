import {
  captioned,
  featuresOf,
  FIXTURES,
  largestDifference,
  loadTiny,
  REFERENCE,
  SENTENCES,
} from './__fixtures__/tiny-models.js';
import { openTokenizer } from './text/tokenizer.js';

const stimuli = SENTENCES.map((sentence) => captioned(sentence));
const MODELS = { 'tiny-mpnet': 12, 'tiny-bert': 32, 'tiny-clip': 40, 'tiny-gpt2': 64 };

describe.each(Object.entries(MODELS))('%s', (name, maxTokens) => {
  it("has the tokens of Python's tokenizer, cut as it cuts them", async () => {
    const tokenize = await openTokenizer(`${FIXTURES}/${name}`, maxTokens);
    expect(SENTENCES.map(tokenize)).toEqual(REFERENCE[name].map(({ ids }) => ids));
  });

  it.each(['mean', 'cls', 'last'] as const)(
    'has the hidden states of torch, pooled by %s',
    async (pooling) => {
      const model = await loadTiny(name, { pooling });
      const hidden = (await model.listLayers()).filter((layer) => layer.name !== 'embedding');
      expect(hidden.length).toBeGreaterThan(1);
      for (const [i, layer] of hidden.entries()) {
        const rows = await featuresOf(model, stimuli, layer.name);
        const expected = REFERENCE[name].map(({ states }) => states[i][pooling]);
        rows.forEach((row, text) => expect(largestDifference(row, expected[text])).toBeLessThan(1e-5));
      }
    },
  );
});

describe('embedding', () => {
  it.each(['tiny-mpnet', 'tiny-clip'])('is that of torch for %s', async (name) => {
    const rows = await featuresOf(await loadTiny(name), stimuli);
    rows.forEach((row, i) => expect(largestDifference(row, REFERENCE[name][i].embedding)).toBeLessThan(1e-5));
  });

  it('follows a recipe in the options where no file has one', async () => {
    const model = await loadTiny('tiny-bert', { embedding: { pooling: 'cls', isNormalised: true } });
    const rows = await featuresOf(model, stimuli);
    rows.forEach((row, i) => {
      const { cls } = REFERENCE['tiny-bert'][i].states[1];
      const length = Math.hypot(...cls);
      expect(
        largestDifference(
          row,
          cls.map((value) => value / length),
        ),
      ).toBeLessThan(1e-5);
    });
  });

  it('is not there where nothing says how it is made', async () => {
    await expect(featuresOf(await loadTiny('tiny-bert'), stimuli)).rejects.toMatchObject({
      code: 'STRIATE_UNKNOWN_LAYER',
      context: { known: ['block1', 'block2', 'last'] },
    });
  });
});
