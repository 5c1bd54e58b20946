import type { SessionOptions } from '@striate/compute';
import type { Preprocessing } from '../preprocessing/preprocessing.js';
import type { AddedNodes } from './added-nodes.js';
import type { TappableLayer } from './layers.js';

/** What has to be known of a network to run it; its weights stay in its file. */
export interface Network {
  /** What messages call it. */
  readonly id: string;
  readonly path: string;
  readonly backend: string;
  /** Name of the input that takes the image. */
  readonly input: string;
  readonly preprocessing: Preprocessing;
  /** Stimuli that are run together. */
  readonly batchSize: number;
  /** Stimuli that the file is written for; `undefined` = any number. */
  readonly declaredBatchSize: number | undefined;
  /** In order of computation. */
  readonly layers: readonly TappableLayer[];
  /** Behind the file's own nodes, for layers that are no values of the file. */
  readonly added: AddedNodes | undefined;
  readonly session: SessionOptions & { readonly name: string };
}
