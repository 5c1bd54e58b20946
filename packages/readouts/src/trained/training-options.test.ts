import { create } from '../factorized/readout.js';

const { parseOptions } = create();

describe('options of trained readouts', () => {
  it("are the paper's unless said otherwise", () => {
    expect(parseOptions({})).toMatchObject({
      ...{
        learningRate: 1e-4,
        batchSize: 4,
        accumulate: 4,
        maxEpochs: 100,
        validateEvery: 125,
        patience: 20,
      },
      ...{ loss: 'mse+ccc', strengths: [0] },
    });
  });

  it.each([[[]], [[1, 1]], [[-1]], [[Infinity]], [1]])('refuse %j as strengths', (strengths) => {
    expect(() => parseOptions({ strengths })).toThrow(
      expect.objectContaining({
        code: 'STRIATE_INVALID_OPTION',
        context: expect.objectContaining({ who: 'factorized', option: 'strengths' }),
      }),
    );
  });
});
