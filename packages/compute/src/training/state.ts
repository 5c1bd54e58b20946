// The tensors that training changes. Each has two buffers: a step reads one and writes the other, then they change
// places; until the swap the old values are whole. (onnxruntime-node returns a copy of what it wrote as well; nobody keeps
// it.)

import type { Parameter } from '../graph/index.js';
import { zerosLike, type Tensor } from '../session/tensor.js';

export interface TrainingState {
  readonly names: readonly string[];
  /** The tensor as it is now; read it before the next step. */
  get(name: string): Tensor;
  /** Where a step may write the next value. */
  spare(name: string): Tensor;
  /** Take the next values of these over. */
  swap(names: readonly string[]): void;
  /** Set a tensor to zero. */
  clear(name: string): void;
}

/** Copy the parameters' first content into buffers. */
export function createState(parameters: readonly Parameter[]): TrainingState {
  const current = new Map(parameters.map(({ origin }) => [origin.name, copyOf(origin.initial)]));
  const spare = new Map(parameters.map(({ origin }) => [origin.name, zerosLike(origin.initial)]));
  return {
    names: [...current.keys()],
    get: (name) => current.get(name)!,
    spare: (name) => spare.get(name)!,
    swap(names) {
      for (const name of names) {
        const old = current.get(name)!;
        current.set(name, spare.get(name)!);
        spare.set(name, old);
      }
    },
    clear(name) {
      (current.get(name)!.data as Float32Array).fill(0);
    },
  };
}

function copyOf({ dtype, shape, data }: Tensor): Tensor {
  return { dtype, shape, data: data.slice() };
}
