import { loadTiny, captioned, featuresOf } from '../__fixtures__/tiny-models.js';

const gridded = (id: string, height: number, width: number, ...cells: (string | null)[]) => ({
  ...{ id, captionGrid: { height, width, cells } },
});
const options = { input: 'caption-grid', grid: { height: 2, width: 3 } };
const stimuli = [
  gridded('a', 2, 3, 'a red disc', null, 'nothing', null, null, 'a red disc'),
  gridded('b', 2, 3, null, null, null, null, null, null),
];

describe('a grid of captions', () => {
  it('is a map of the embeddings of its cells, zero where there is none', async () => {
    const model = await loadTiny('tiny-clip', options);
    expect((await model.listLayers()).at(-1)).toMatchObject({
      axes: ['channel', 'height', 'width'],
      shape: [8, 2, 3],
    });
    const single = await loadTiny('tiny-clip');
    const [disc, nothing] = await featuresOf(single, [captioned('a red disc'), captioned('nothing')]);
    const [map, empty] = await featuresOf(model, stimuli);
    const cell = (place: number) => disc.map((_, channel) => map[channel * 6 + place]);
    expect([0, 1, 2, 3, 4, 5].map(cell)).toEqual([disc, zeros(8), nothing, zeros(8), zeros(8), disc]);
    expect(empty).toEqual(zeros(48));
  });

  it('is 8 x 8 unless told otherwise, as in the paper', async () => {
    const model = await loadTiny('tiny-clip', { input: 'caption-grid' });
    expect((await model.listLayers()).at(-1)!.shape).toEqual([8, 8, 8]);
  });

  it.each([
    ['of another size', gridded('c', 3, 2, ...Array<null>(6).fill(null)), 'height 3, width 2'],
    ['with too few cells', gridded('c', 2, 3, 'a'), '1 cells'],
  ])('is refused %s', async (_, stimulus, words) => {
    const model = await loadTiny('tiny-clip', options);
    const refusal = {
      code: 'STRIATE_SHAPE_MISMATCH',
      context: { actual: expect.stringContaining(words) as string },
    };
    await expect(model.checkStimuli!([stimulus])).rejects.toMatchObject(refusal);
    await expect(featuresOf(model, [stimuli[0], stimulus])).rejects.toMatchObject(refusal);
  });
});

const zeros = (length: number) => Array<number>(length).fill(0);
