// Optimisers as graphs: from a parameter, its gradient and what the optimiser remembers to their next values.

import { onnx, scalar, type Value } from '../graph/index.js';

/** One parameter's part of an update. `remembered` are tensors of the parameter's shape, zero at the start. */
export interface Update<Remembered extends string = string> {
  readonly parameter: Value;
  readonly remembered: Readonly<Record<Remembered, Value>>;
}

export interface Optimiser<Remembered extends string = string, Number extends string = string> {
  /** Name and settings, for records and checkpoints. */
  readonly description: string;
  readonly remembers: readonly Remembered[];
  /** Numbers that change from step to step beside the learning rate. @param step From 1. */
  numbers(step: number): Readonly<Record<Number, number>>;
  update(
    before: Update<Remembered>,
    gradient: Value,
    numbers: Readonly<Record<Number | 'learningRate', Value>>,
  ): Update<Remembered>;
}

const minus = (a: Value, b: Value) => onnx.Sub(a, b);
const times = (x: Value, factor: number) => (factor === 1 ? x : onnx.Mul(x, scalar(factor, x)));
const decayed = (gradient: Value, parameter: Value, weightDecay: number) =>
  weightDecay === 0 ? gradient : onnx.Add(gradient, times(parameter, weightDecay));

export interface SgdOptions {
  readonly momentum?: number;
  readonly nesterov?: boolean;
  /** Factor of the squared norm's gradient. */
  readonly weightDecay?: number;
}

/**
 * Stochastic gradient descent: v = momentum v + g; w = w - learningRate v.
 *
 * @source Sutskever et al. 2013, in the form that PyTorch has (the rate outside of the velocity).
 */
export function sgd({ momentum = 0, nesterov = false, weightDecay = 0 }: SgdOptions = {}): Optimiser<
  'velocity',
  never
> {
  return {
    description: `sgd(momentum ${momentum}, nesterov ${nesterov}, weightDecay ${weightDecay})`,
    remembers: momentum === 0 ? [] : ['velocity'],
    numbers: () => ({}),
    update({ parameter, remembered }, gradient, { learningRate }) {
      const g = decayed(gradient, parameter, weightDecay);
      if (momentum === 0) return { parameter: minus(parameter, onnx.Mul(learningRate, g)), remembered };
      const velocity = onnx.Add(times(remembered.velocity, momentum), g);
      const step = nesterov ? onnx.Add(g, times(velocity, momentum)) : velocity;
      return { parameter: minus(parameter, onnx.Mul(learningRate, step)), remembered: { velocity } };
    },
  };
}

export interface AdamOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** {@link adam}: factor of the squared norm's gradient; {@link adamW}: share taken off per step, times the rate. */
  readonly weightDecay?: number;
}

type Moments = 'mean' | 'square';
type Corrections = 'correction1' | 'correction2';

/**
 * Adam: m = b1 m + (1 - b1) g; s = b2 s + (1 - b2) g^2; w = w - learningRate (m / c1) / (sqrt(s / c2) + epsilon),
 * with c = 1 - b^step.
 *
 * @source Kingma & Ba 2015, arXiv 1412.6980.
 */
export function adam(options: AdamOptions = {}): Optimiser<Moments, Corrections> {
  return adamLike('adam', options, ({ parameter }, gradient, weightDecay) => ({
    gradient: decayed(gradient, parameter, weightDecay),
    parameter,
  }));
}

/**
 * Adam with decoupled weight decay: before each step w = (1 - learningRate weightDecay) w.
 *
 * @source Loshchilov & Hutter 2019, arXiv 1711.05101.
 */
export function adamW(options: AdamOptions = {}): Optimiser<Moments, Corrections> {
  const settings = { weightDecay: 0.01, ...options };
  return adamLike('adamW', settings, ({ parameter }, gradient, weightDecay, learningRate) => {
    const shrink = minus(scalar(1, learningRate), times(learningRate, weightDecay));
    return { gradient, parameter: onnx.Mul(parameter, shrink) };
  });
}

function adamLike(
  name: string,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 }: AdamOptions,
  decay: (
    before: Update<Moments>,
    gradient: Value,
    weightDecay: number,
    learningRate: Value,
  ) => { gradient: Value; parameter: Value },
): Optimiser<Moments, Corrections> {
  return {
    description: `${name}(betas ${beta1} ${beta2}, epsilon ${epsilon}, weightDecay ${weightDecay})`,
    remembers: ['mean', 'square'],
    numbers: (step) => ({ correction1: 1 - beta1 ** step, correction2: Math.sqrt(1 - beta2 ** step) }),
    update(before, rawGradient, { learningRate, correction1, correction2 }) {
      const { gradient: g, parameter } = decay(before, rawGradient, weightDecay, learningRate);
      const mean = onnx.Add(times(before.remembered.mean, beta1), times(g, 1 - beta1));
      const square = onnx.Add(times(before.remembered.square, beta2), times(onnx.Mul(g, g), 1 - beta2));
      const scale = onnx.Add(onnx.Div(onnx.Sqrt(square), correction2), scalar(epsilon, g));
      const step = onnx.Mul(onnx.Div(learningRate, correction1), onnx.Div(mean, scale));
      return { parameter: minus(parameter, step), remembered: { mean, square } };
    },
  };
}
