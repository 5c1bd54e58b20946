// A session that reads the state of a training and writes the next one.

import { listLeaves, toModel, type Value } from '../graph/index.js';
import { encodeModel } from '../onnx/model.js';
import { openSession, type Session } from '../session/session.js';
import type { Tensor } from '../session/tensor.js';
import type { StepOptions } from './problem.js';
import type { TrainingState } from './state.js';
import { NEXT } from './update.js';

export interface StepResult {
  /** Of this batch, before the update. */
  readonly loss: number;
  /** Euclidean norm over all parameters, before clipping; `undefined` where this batch made no update. */
  readonly gradientNorm?: number;
}

export type Feeds = Readonly<Record<string, Tensor>>;

export interface StepSession {
  readonly inputNames: readonly string[];
  /** Names of the tensors that the session writes the next value of. */
  readonly moved: readonly string[];
  run(batch: Feeds, numbers: Feeds): Promise<StepResult>;
  dispose(): Promise<void>;
}

/** @param outputs The loss, and next values under {@link NEXT} and a name of the state. */
export async function openStepSession(
  outputs: Record<string, Value>,
  state: TrainingState,
  options: StepOptions,
): Promise<StepSession> {
  const isFed = new Set(state.names);
  const fed = listLeaves(Object.values(outputs)).filter(
    ({ origin }) => origin.kind === 'parameter' && isFed.has(origin.name),
  );
  const session: Session = await openSession(encodeModel(toModel(outputs, { inputs: fed })), {
    name: 'a training step',
    ...options,
  });
  const moved = Object.keys(outputs).flatMap((name) =>
    name.startsWith(NEXT) ? [name.slice(NEXT.length)] : [],
  );
  const stateNames = session.inputNames.filter((name) => isFed.has(name));
  const scalars = session.outputNames.filter((name) => !name.startsWith(NEXT));
  return {
    inputNames: session.inputNames,
    moved,
    async run(batch, numbers) {
      const feeds: Record<string, Tensor> = { ...batch };
      for (const name of session.inputNames) if (name in numbers) feeds[name] = numbers[name];
      for (const name of stateNames) feeds[name] = state.get(name);
      const fetches: Record<string, Tensor | null> = Object.fromEntries(scalars.map((name) => [name, null]));
      for (const name of moved) fetches[NEXT + name] = state.spare(name);
      const result = await session.run(feeds, fetches);
      const loss = Number(result.loss.data[0]);
      return 'gradientNorm' in result
        ? { loss, gradientNorm: Number(result.gradientNorm.data[0]) }
        : { loss };
    },
    dispose: () => session.dispose(),
  };
}
