import type { SessionOptions } from '@striate/compute';
import type { Pooling } from '../text/pool.js';
import type { TextInput } from './text-inputs.js';

/** A layer that gives one vector per text. */
export interface TextLayer {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Name of the value in the graph. */
  readonly value: string;
  /** How its tokens become a vector; left out: the value is one vector per text. */
  readonly pooling?: Pooling;
  /** Is it scaled to length 1? */
  readonly isNormalised: boolean;
}

/** What has to be known of a language model to run it; its weights stay in its file. */
export interface LanguageModel {
  /** What messages call it. */
  readonly id: string;
  readonly path: string;
  readonly inputs: readonly TextInput[];
  /** Texts of one length that are run together. */
  readonly batchSize: number;
  /** In order of computation. */
  readonly layers: readonly TextLayer[];
  /** Longer texts are cut. */
  readonly maxTokens: number;
  readonly session: SessionOptions & { readonly name: string };
}
