import { input, onnx, parameter, scalar, type Parameter, type Value } from '../graph/index.js';
import type { Tensor } from '../session/tensor.js';
import { adam, adamW, sgd, type Optimiser } from './optimiser.js';
import type { StepOptions, TrainingProblem } from './problem.js';
import { openTrainingStep } from './step.js';

const vector = (...values: number[]): Tensor => ({
  dtype: 'float64',
  shape: [values.length],
  data: Float64Array.from(values),
});

/** sum (w x - t)^2 */
function squares(): TrainingProblem & { w: Parameter; x: Value } {
  const w = parameter('w', vector(0.1, -0.2, 0.3));
  const [x, t] = [input('x', [3], 'float64'), input('t', [3], 'float64')];
  return { w, x, loss: onnx.ReduceSumSquare(onnx.Sub(onnx.Mul(w, x), t)), parameters: [w] };
}
const afterThreeSteps = [0.2084, -0.4352, -0.3233];
const batch = { x: vector(1, 2, -1), t: vector(0.5, -1, 2) };

async function train(problem: TrainingProblem, options: StepOptions, nBatches: number) {
  const step = await openTrainingStep(problem, options);
  const losses: number[] = [];
  for (let i = 0; i < nBatches; i++) {
    const at = { step: Math.floor(i / (options.accumulate ?? 1)) + 1, learningRate: 0.05 };
    losses.push((await step.run(batch, at)).loss);
  }
  const w = Array.from(step.state.get('w').data as Float64Array);
  await step.dispose();
  return { w, losses };
}

describe('openTrainingStep', () => {
  // Values of PyTorch 1.13 in float64.
  it.each<[string, Optimiser, number[]]>([
    ['sgd', sgd(), afterThreeSteps],
    [
      'sgd with momentum and weight decay',
      sgd({ momentum: 0.9, weightDecay: 0.1 }),
      [0.3021224875, -0.655772975, -0.8845912875],
    ],
    [
      'sgd with Nesterov momentum',
      sgd({ momentum: 0.9, nesterov: true }),
      [0.3690716, -0.6299888, -1.2471617],
    ],
    ['adam with weight decay', adam({ weightDecay: 0.1 }), [0.248777818576, -0.348165373823, 0.150122676977]],
    ['adamW', adamW({ weightDecay: 0.1 }), [0.246670426871, -0.344562530974, 0.146391739637]],
  ])('moves as PyTorch does with %s', async (_, optimiser, expected) => {
    const { w } = await train(squares(), { optimiser }, 3);
    w.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 9));
  });

  it('returns the loss before the update', async () => {
    const { losses } = await train(squares(), { optimiser: sgd() }, 1);
    expect(losses[0]).toBeCloseTo(0.4 ** 2 + 0.6 ** 2 + 2.3 ** 2, 12);
  });

  it('updates once per four batches, by the mean of their gradients', async () => {
    const { w, losses } = await train(squares(), { optimiser: sgd(), accumulate: 4 }, 12);
    w.forEach((value, i) => expect(value).toBeCloseTo(afterThreeSteps[i], 9));
    expect(new Set(losses.slice(0, 4)).size).toBe(1);
    expect(losses[4]).toBeLessThan(losses[3]);
  });

  it('updates by the sum of gradients where asked for', async () => {
    const { w } = await train(squares(), { optimiser: sgd(), accumulate: 2, accumulation: 'sum' }, 2);
    // w - 0.05 * 2 * gradient, gradient = 2 x (w x - t)
    const expected = [0.1 + 0.1 * 0.8, -0.2 - 0.1 * 2.4, 0.3 - 0.1 * 4.6];
    w.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 12));
  });

  it('scales the gradient down to the norm allowed', async () => {
    const { w } = await train(squares(), { optimiser: sgd(), clipNorm: 1 }, 1);
    const gradient = [-0.8, 2.4, 4.6];
    const norm = Math.hypot(...gradient);
    [0.1, -0.2, 0.3].forEach((before, i) =>
      expect(w[i]).toBeCloseTo(before - (0.05 * gradient[i]) / norm, 5),
    );
  });

  it('leaves a parameter alone that is not to be trained, and needs no rule behind it', async () => {
    const frozen = parameter('frozen', vector(1, 2, -1));
    const w = parameter('w', vector(0.1, -0.2, 0.3));
    const x = onnx.ReduceMax(onnx.Mul(frozen, input('x', [3], 'float64')), { keepdims: true });
    const loss = onnx.ReduceSumSquare(onnx.Sub(onnx.Mul(w, x), input('t', [3], 'float64')));
    const step = await openTrainingStep({ loss, parameters: [w] }, { optimiser: sgd() });
    await step.run(batch, { step: 1, learningRate: 0.05 });
    expect(step.state.names).toEqual(['w']);
    await step.dispose();
  });

  it('carries running statistics along and projects parameters after the update', async () => {
    const { w, x, loss } = squares();
    const mean = parameter('mean', vector(0));
    const next = onnx.Add(
      onnx.Mul(mean, scalar(0.9, mean)),
      onnx.Mul(onnx.ReduceMean(x, { keepdims: true }), scalar(0.1, mean)),
    );
    const notNegative = (value: Value) => onnx.Relu(value);
    const problem = {
      loss,
      parameters: [w],
      running: new Map([[mean, next]]),
      projections: new Map([[w, notNegative]]),
    };
    const step = await openTrainingStep(problem, { optimiser: sgd() });
    await step.run(batch, { step: 1, learningRate: 0.05 });
    expect(step.state.get('mean').data[0]).toBeCloseTo(0.1 * (2 / 3), 12);
    const moved = Array.from(step.state.get('w').data as Float64Array);
    [0.14, 0, 0.07].forEach((value, i) => expect(moved[i]).toBeCloseTo(value, 12));
    await step.dispose();
  });

  it('stops at a loss that is no number, names the first tensor and keeps the parameters', async () => {
    const w = parameter('w', vector(1, 0.5, -2));
    const loss = onnx.ReduceSum(
      onnx.Mul(onnx.Log(onnx.Mul(w, input('x', [3], 'float64'))), input('t', [3], 'float64')),
    );
    const step = await openTrainingStep({ loss, parameters: [w] }, { optimiser: sgd() });
    await expect(
      step.run({ ...batch, x: vector(1, 1, 1) }, { step: 7, learningRate: 0.1 }),
    ).rejects.toMatchObject({
      code: 'STRIATE_TRAINING_NOT_FINITE',
      context: { step: 7, tensor: 'the output of a Log, float64[3]' },
    });
    expect(Array.from(step.state.get('w').data as Float64Array)).toEqual([1, 0.5, -2]);
    await step.dispose();
  });

  it('names an input that brings the NaN in', async () => {
    const step = await openTrainingStep(squares(), { optimiser: sgd() });
    const bad = { ...batch, t: vector(0, NaN, 1) };
    await expect(step.run(bad, { step: 1, learningRate: 0.1 })).rejects.toMatchObject({
      context: { tensor: 'the input "t", float64[3]' },
    });
    await step.dispose();
  });

  it('stops at a gradient that is no number although the loss is one', async () => {
    const w = parameter('w', vector(0));
    const step = await openTrainingStep(
      { loss: onnx.ReduceSum(onnx.Sqrt(w)), parameters: [w] },
      { optimiser: sgd() },
    );
    await expect(step.run({}, { step: 1, learningRate: 0.1 })).rejects.toMatchObject({
      context: { loss: 0, tensor: expect.stringContaining('Div') },
    });
    await step.dispose();
  });

  it('refuses to accumulate no batches', async () => {
    await expect(openTrainingStep(squares(), { optimiser: sgd(), accumulate: 0 })).rejects.toMatchObject({
      code: 'STRIATE_INVALID_TRAINING_OPTION',
    });
  });
});
