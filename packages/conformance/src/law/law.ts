// A law is a promise of a seam that a machine can check, as data: tests, the command line and the documentation run
// or print the same list.

import { StriateError, brokenPromise } from '@striate/contracts';
import { Breach } from './breach.js';

/** What every subject says of itself, besides what its laws need. */
export interface Subject {
  /** Name of the plugin's part, for messages: `ridge`, `onnx:resnet50`. */
  readonly plugin: string;
}

export interface Law<Of extends Subject> {
  /** Stable: `readout/voxel-independent`. */
  readonly id: string;
  /** What holds, as a statement in the present tense. */
  readonly title: string;
  /** What goes wrong for people when it does not hold. */
  readonly why: string;
  /**
   * Does nothing if the law holds.
   * @throws {PluginContractError} `STRIATE_BROKEN_PROMISE` if it does not; an unexpected error of the plugin is its cause.
   */
  check(subject: Of): Promise<void>;
}

/** Give laws, whose checks throw anything when they fail, the one error that names the plugin and the law. */
export function defineLaws<Of extends Subject>(
  ...groups: readonly (readonly Law<Of>[])[]
): readonly Law<Of>[] {
  return groups.flat().map((law) => ({ ...law, check: (subject) => checkAs(law, subject) }));
}

async function checkAs<Of extends Subject>(law: Law<Of>, subject: Of): Promise<void> {
  try {
    await law.check(subject);
  } catch (cause) {
    throw brokenPromise({ plugin: subject.plugin, law: law.id, detail: detailOf(cause), cause });
  }
}

function detailOf(error: unknown): string {
  if (error instanceof Breach) return error.message;
  return `it failed unexpectedly with ${describeError(error)}`;
}

/** An error in a few words, with its code if it has one. */
export function describeError(error: unknown): string {
  if (StriateError.isInstance(error)) return `${error.code}: ${error.message}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
