import {
  CapabilityError,
  DataError,
  EnvironmentError,
  InternalError,
  PluginContractError,
  UsageError,
} from '../striate-error.js';
import { suggest } from '../nearest.js';

/** Two shapes that had to agree do not. */
export function shapeMismatch(facts: {
  what: string;
  expected: string;
  actual: string;
  hint?: string;
}): DataError {
  return new DataError(
    'STRIATE_SHAPE_MISMATCH',
    `${facts.what}: expected ${facts.expected}, got ${facts.actual}.`,
    { context: facts, hint: facts.hint ?? 'Check that both come from the same stimuli and voxels.' },
  );
}

/** A number that has to be finite is NaN or infinite. */
export function nonFinite(facts: {
  what: string;
  count: number;
  total: number;
  first: string;
  hint?: string;
}): DataError {
  return new DataError(
    'STRIATE_NON_FINITE',
    `${facts.what}: ${facts.count} of ${facts.total} values are NaN or infinite; the first is at ${facts.first}.`,
    { context: facts, hint: facts.hint ?? 'Remove or mask these values; nothing is replaced in silence.' },
  );
}

/** An id of a plugin's part that no plugin offers. */
export function unknownId(facts: { seam: string; id: string; known: readonly string[] }): UsageError {
  return new UsageError('STRIATE_UNKNOWN_ID', `There is no ${facts.seam} "${facts.id}".`, {
    context: facts,
    hint: suggest(facts.id, facts.known),
  });
}

/** Something was used after it was disposed of. */
export function usedAfterDispose(what: string): CapabilityError {
  return new CapabilityError('STRIATE_USED_AFTER_DISPOSE', `${what} was used after dispose().`, {
    context: { what },
    hint: 'Open it again, or dispose of it later.',
  });
}

/** Work was stopped by its AbortSignal. */
export function aborted(what: string): CapabilityError {
  return new CapabilityError('STRIATE_ABORTED', `${what} was stopped before it was done.`, {
    context: { what },
    hint: 'What was finished is kept; the same command goes on from there.',
  });
}

/** A plugin was asked for something that it declares not to do. */
export function unsupported(facts: { who: string; what: string; hint: string }): CapabilityError {
  return new CapabilityError('STRIATE_UNSUPPORTED', `${facts.who} cannot ${facts.what}.`, {
    context: facts,
    hint: facts.hint,
  });
}

/** A plugin returned something that its seam forbids. */
export function brokenPromise(facts: {
  plugin: string;
  law: string;
  detail: string;
  hint?: string;
  cause?: unknown;
}): PluginContractError {
  const { plugin, law, detail } = facts;
  return new PluginContractError('STRIATE_BROKEN_PROMISE', `"${plugin}" broke the law "${law}": ${detail}`, {
    context: { plugin, law, detail },
    hint: facts.hint ?? `Run "striate check ${plugin}", and tell the plugin's authors.`,
    cause: facts.cause,
  });
}

/** A plugin's package cannot be found, loaded, or holds no plugin. */
export function pluginNotLoaded(facts: { name: string; reason: string; cause?: unknown }): EnvironmentError {
  return new EnvironmentError(
    'STRIATE_PLUGIN_NOT_LOADED',
    `Plugin "${facts.name}" could not be loaded: ${facts.reason}`,
    {
      context: { name: facts.name, reason: facts.reason },
      hint: `Is it installed? "npm install ${facts.name}"; its package.json needs a "striate" field and the file that it names.`,
      cause: facts.cause,
    },
  );
}

/** Two plugins offer the same id. */
export function duplicateId(facts: { seam: string; id: string; plugins: readonly string[] }): UsageError {
  return new UsageError(
    'STRIATE_DUPLICATE_ID',
    `Two plugins offer the ${facts.seam} "${facts.id}": ${facts.plugins.join(' and ')}.`,
    { context: facts, hint: 'Remove one of them from "plugins" or from the installed packages.' },
  );
}

/** A state that cannot be: our bug. */
export function internal(what: string, context: Record<string, unknown> = {}): InternalError {
  return new InternalError('STRIATE_INTERNAL', `This should not have happened: ${what}.`, {
    context,
    hint: 'Please report it with the command and the run record.',
  });
}
