// A checkpoint is everything that the rest of a training depends on: go on from it, and the same bytes come out.

import { open, readFile, rename, rm } from 'node:fs/promises';
import { checkpointMismatch } from '@striate/contracts';
import type { Tensor } from '../session/tensor.js';
import { decodeTensors, encodeTensors } from './safetensors.js';
import type { TrainingState } from './state.js';

/** Where training stands, as plain numbers. */
export interface TrainingPosition {
  /** Updates made. */
  readonly step: number;
  readonly epoch: number;
  /** Batches of this epoch that were learnt from. */
  readonly batch: number;
  readonly best: number;
  readonly sinceBest: number;
  /** Training losses since the last validation. */
  readonly lossSum: number;
  readonly lossCount: number;
  readonly history: readonly HistoryEntry[];
}

/** What is known after a validation. */
export interface HistoryEntry {
  readonly step: number;
  /** Mean training loss since the last entry. */
  readonly loss: number;
  readonly score: number;
}

export interface Checkpoint {
  /** What the training was: settings that change its course. */
  readonly description: string;
  readonly position: TrainingPosition;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

const BEST = 'best/';

/**
 * Write a checkpoint; it appears whole or not at all.
 *
 * @param best Tensors as they were at the best validation score, if there was one.
 */
export async function saveCheckpoint(
  path: string,
  { description, position }: Omit<Checkpoint, 'tensors'>,
  state: TrainingState,
  best: ReadonlyMap<string, Tensor>,
): Promise<void> {
  const tensors = new Map(state.names.map((name) => [name, state.get(name)]));
  for (const [name, tensor] of best) tensors.set(BEST + name, tensor);
  const metadata = { description, position: JSON.stringify(position, writeNumber) };
  const draft = `${path}.${process.pid}.draft`;
  try {
    const file = await open(draft, 'w');
    try {
      for (const piece of encodeTensors({ tensors, metadata })) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/**
 * Read a checkpoint, if there is one.
 *
 * @returns `undefined` if there is no such file.
 * @throws {DataError} `STRIATE_CHECKPOINT_MISMATCH` if it is cut short, or was written by another training.
 */
export async function loadCheckpoint(path: string, description: string): Promise<Checkpoint | undefined> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!bytes) return undefined;
  const { tensors, metadata } = decodeTensors(bytes, path);
  if (metadata.description !== description) {
    const reason = `it is of "${metadata.description}", not of "${description}".`;
    throw checkpointMismatch({ path, reason });
  }
  return { description, tensors, position: JSON.parse(metadata.position, readNumber) as TrainingPosition };
}

/**
 * Put the tensors of a checkpoint back.
 *
 * @returns The tensors at the best validation score.
 * @throws {DataError} `STRIATE_CHECKPOINT_MISMATCH` if a tensor is missing or has another shape.
 */
export function restore(path: string, { tensors }: Checkpoint, state: TrainingState): Map<string, Tensor> {
  for (const name of state.names) {
    const [saved, { data, shape }] = [tensors.get(name), state.get(name)];
    if (!saved || saved.shape.join() !== shape.join()) {
      const reason = `its tensor "${name}" is ${saved ? `[${saved.shape.join(', ')}]` : 'missing'}, not [${shape.join(', ')}].`;
      throw checkpointMismatch({ path, reason });
    }
    (data as Float32Array).set(saved.data as Float32Array);
  }
  const best = [...tensors].filter(([name]) => name.startsWith(BEST));
  return new Map(best.map(([name, tensor]) => [name.slice(BEST.length), tensor]));
}

/** JSON has no NaN and no infinities; they do come up (a first score, a score of nothing). */
function writeNumber(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function readNumber(_: string, value: unknown): unknown {
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : value;
}
