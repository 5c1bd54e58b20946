import fc from 'fast-check';
import { compareTypes } from '../graph/__fixtures__/inferred-type.js';
import { evaluate, input, onnx, parameter, type Shape, type Value } from '../graph/index.js';
import { sgd } from '../training/optimiser.js';
import { openTrainingStep } from '../training/step.js';
import { batchNormalisation, type BatchNormalisationOptions } from './batch-normalisation.js';

const vector = (...values: number[]) => ({
  dtype: 'float64' as const,
  shape: [values.length],
  data: Float64Array.from(values),
});
const parts = (nFields = 1) => {
  const all = (name: string, value: number) =>
    parameter(name, vector(...Array.from({ length: nFields }, () => value)));
  return {
    scale: all('scale', 2),
    bias: all('bias', 1),
    mean: all('mean', 10),
    variance: all('variance', 20),
  };
};
const image = (shape: Shape) => input('x', shape, 'float64');

async function numbers(value: Value, x: readonly number[], shape: readonly number[]): Promise<number[]> {
  const feeds = { x: { dtype: 'float64' as const, shape, data: Float64Array.from(x) } };
  return Array.from((await evaluate({ value }, feeds)).value.data as Float64Array);
}
function expectClose(actual: readonly number[], expected: readonly number[]) {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
}
const training: BatchNormalisationOptions = { mode: 'training', epsilon: 1 };

describe('batchNormalisation', () => {
  it('normalises [0, 4] by its own mean 2 and variance 4 in training', async () => {
    const { y } = batchNormalisation(image([2, 1]), parts(), { mode: 'training', epsilon: 0 });
    expectClose(await numbers(y, [0, 4], [2, 1]), [1 - 2, 1 + 2]);
  });

  it('normalises by the running statistics in evaluation, and moves nothing', async () => {
    const { y, running } = batchNormalisation(image([2, 1]), parts(), { mode: 'evaluation', epsilon: 5 });
    expectClose(await numbers(y, [0, 15], [2, 1]), [1 - 4, 1 + 2]);
    expect(running.size).toBe(0);
  });

  it('lets the running statistics follow by the momentum, the variance over n - 1', async () => {
    const given = parts();
    const { running } = batchNormalisation(image([2, 1]), given, { mode: 'training', momentum: 0.25 });
    expectClose(await numbers(running.get(given.mean)!, [0, 4], [2, 1]), [0.75 * 10 + 0.25 * 2]);
    expectClose(await numbers(running.get(given.variance)!, [0, 4], [2, 1]), [0.75 * 20 + 0.25 * 8]);
  });

  it('gives the channels of a field one statistic over all of them', async () => {
    const given = parts(2);
    const x = [0, 4, 7, 1]; // one image, four channels, two fields: [0, 4] and [7, 1]
    const { y, running } = batchNormalisation(image([1, 4, 1, 1]), given, { mode: 'training', epsilon: 0 });
    expect(y.shape).toEqual([1, 4, 1, 1]);
    expectClose(await numbers(y, x, [1, 4, 1, 1]), [-1, 3, 3, -1]);
    expectClose(await numbers(running.get(given.mean)!, x, [1, 4, 1, 1]), [9 + 0.2, 9 + 0.4]);
    expectClose(await numbers(running.get(given.variance)!, x, [1, 4, 1, 1]), [18 + 0.8, 18 + 1.8]);
  });

  it('commutes with an exchange of the channels within a field', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 24, maxLength: 24 }),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        async (x, order) => {
          const exchange = (value: Value) =>
            onnx.Reshape(
              onnx.Concat(
                order.map((at) =>
                  onnx.Slice(onnx.Reshape(value, [2, 2, 3, 2]), { starts: [at], ends: [at + 1], axes: [2] }),
                ),
                2,
              ),
              [2, 6, 2],
            );
          const shape = [2, 6, 2];
          const normalise = (value: Value) => batchNormalisation(value, parts(2), training).y;
          expectClose(
            await numbers(normalise(exchange(image(shape))), x, shape),
            await numbers(exchange(normalise(image(shape))), x, shape),
          );
        },
      ),
      { numRuns: 5 },
    );
  });

  it('keeps the name of the batch in evaluation, with fields of several channels too', () => {
    const { y } = batchNormalisation(image(['batch', 4, 3, 3]), parts(2), { mode: 'evaluation' });
    expect(y.shape).toEqual(['batch', 4, 3, 3]);
  });

  it('infers the types that ONNX Runtime returns', async () => {
    const given = parts(2);
    const { y, running } = batchNormalisation(image([3, 4, 2]), given, training);
    const { inferred, returned } = await compareTypes([y, ...running.values()]);
    expect(inferred).toEqual(returned);
    expect(inferred).toEqual(['float64[3, 4, 2]', 'float64[2]', 'float64[2]']);
  });

  it('is trained in a step, which carries the statistics along', async () => {
    const given = parts();
    const { y, running } = batchNormalisation(image([2, 1]), given, { mode: 'training', epsilon: 0 });
    const problem = { loss: onnx.ReduceSumSquare(y), parameters: [given.scale, given.bias], running };
    const step = await openTrainingStep(problem, { optimiser: sgd() });
    const { loss } = await step.run(
      { x: { dtype: 'float64', shape: [2, 1], data: Float64Array.of(0, 4) } },
      { step: 1, learningRate: 0.1 },
    );
    const read = (name: string) => Array.from(step.state.get(name).data as Float64Array);
    expect(loss).toBeCloseTo(1 + 9, 6);
    expectClose(read('scale'), [2 - 0.1 * 2 * (-1 * -1 + 3)]);
    expectClose(read('bias'), [1 - 0.1 * 2 * (-1 + 3)]);
    expectClose(read('mean'), [9 + 0.2]);
    expectClose(read('variance'), [18 + 0.8]);
    await step.dispose();
  });

  it.each([
    [
      'fields that do not divide the channels',
      () => batchNormalisation(image([2, 3]), parts(2), training),
      /fields/,
    ],
    ['the variance of one number', () => batchNormalisation(image([1, 1]), parts(), training), /variance/],
  ])('refuses %s', (_, build, message) => {
    expect(build).toThrow(
      expect.objectContaining({ code: 'STRIATE_GRAPH_MALFORMED', message: expect.stringMatching(message) }),
    );
  });
});
