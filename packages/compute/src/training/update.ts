// The outputs of a step's graphs: gradients summed over batches, clipped, and the next value of everything that is kept.

import { input, onnx, parameter, scalar, type Parameter, type Value } from '../graph/index.js';
import { zerosLike } from '../session/tensor.js';
import type { StepOptions, TrainingProblem } from './problem.js';

/** Before the name of a tensor that is kept: its next value. */
export const NEXT = 'next/';

export interface UpdatePlan {
  /** Parameters, what the optimiser remembers of them, and accumulators. */
  readonly stored: readonly Parameter[];
  readonly accumulators: readonly string[];
  readonly numbers: ReadonlySet<string>;
  readonly update: Record<string, Value>;
  readonly gather: Record<string, Value>;
}

/** @param pulled Gradient of each parameter. */
export function planUpdate(
  { loss, parameters, projections }: TrainingProblem,
  pulled: readonly Value[],
  { optimiser, accumulate = 1, accumulation = 'mean', clipNorm }: StepOptions,
): UpdatePlan {
  const numberNames = ['learningRate', ...Object.keys(optimiser.numbers(1))];
  const numbers = Object.fromEntries(numberNames.map((name) => [name, input(name, [], loss.dtype)]));
  const accumulators = accumulate > 1 ? parameters.map((trained) => memoryOf(trained, 'gradient')) : [];
  const summed = pulled.map((gradient, i) =>
    accumulate > 1 ? onnx.Add(accumulators[i], gradient) : gradient,
  );
  const share = accumulation === 'mean' ? 1 / accumulate : 1;
  const { norm, scaled } = clip(summed, share, clipNorm);
  const stored: Parameter[] = [...parameters, ...accumulators];
  const update: Record<string, Value> = { gradientNorm: norm };
  parameters.forEach((trained, i) => {
    const memories = optimiser.remembers.map((what) => [what, memoryOf(trained, what)] as const);
    stored.push(...memories.map(([, memory]) => memory));
    const before = { parameter: trained, remembered: Object.fromEntries(memories) };
    const next = optimiser.update(before, scaled[i], numbers as Record<'learningRate', Value>);
    const project = projections?.get(trained) ?? ((value: Value) => value);
    update[NEXT + trained.origin.name] = project(next.parameter);
    for (const [what, memory] of memories) update[NEXT + memory.origin.name] = next.remembered[what];
  });
  const gather = Object.fromEntries(
    accumulators.map((accumulator, i) => [NEXT + accumulator.origin.name, summed[i]]),
  );
  const names = accumulators.map(({ origin }) => origin.name);
  return { stored, accumulators: names, numbers: new Set(numberNames), update, gather };
}

function memoryOf({ origin }: Parameter, what: string): Parameter {
  return parameter(`${origin.name}/${what}`, zerosLike(origin.initial));
}

/** The norm of `share` times the gradients, and these, scaled down where it is larger than allowed. */
function clip(
  gradientsOf: readonly Value[],
  share: number,
  clipNorm: number | undefined,
): { norm: Value; scaled: readonly Value[] } {
  const squares = gradientsOf.map((gradient) => onnx.ReduceSumSquare(gradient));
  const raw = onnx.Sqrt(squares.reduce(onnx.Add));
  const norm = share === 1 ? raw : onnx.Mul(raw, scalar(share, raw));
  if (clipNorm === undefined) {
    const scaled = share === 1 ? gradientsOf : gradientsOf.map((g) => onnx.Mul(g, scalar(share, g)));
    return { norm, scaled };
  }
  const factor = onnx.Mul(
    scalar(share, norm),
    onnx.Min(scalar(1, norm), onnx.Div(scalar(clipNorm, norm), onnx.Add(norm, scalar(1e-6, norm)))),
  );
  return { norm, scaled: gradientsOf.map((gradient) => onnx.Mul(gradient, factor)) };
}
