import { UsageError } from '../striate-error.js';
import { suggest } from '../nearest.js';
import { refusalOf } from '../refusal.js';

/** A command line with an unknown command or option, or without a needed one. */
export function commandLineWrong(reason: string): UsageError {
  return new UsageError('STRIATE_COMMAND_LINE', reason, {
    context: { reason },
    hint: 'Run "striate --help".',
  });
}

/** One of several has to be named. */
export function choiceNeeded(facts: { what: string; known: readonly string[] }): UsageError {
  return new UsageError(
    'STRIATE_CHOICE_NEEDED',
    `Which ${facts.what}? The configuration has ${facts.known.length}.`,
    {
      context: facts,
      hint: `Give --${facts.what} with one of: ${facts.known.join(', ')}.`,
    },
  );
}

/** A configuration file is not there or cannot be read. */
export function configurationNotFound({ path, cause }: { path: string; cause?: unknown }): UsageError {
  const refusal = refusalOf(cause);
  const message =
    refusal === undefined || refusal.code === 'ENOENT'
      ? `There is no configuration file "${path}".`
      : `The configuration file "${path}" cannot be read: ${refusal.reason}.`;
  return new UsageError('STRIATE_CONFIGURATION_NOT_FOUND', message, {
    context: { path },
    hint: 'Give the path of a YAML or JSON file; "striate compare --help" shows an example.',
    cause,
  });
}

/** A configuration file is not YAML or JSON. */
export function configurationSyntax(facts: {
  path: string;
  line: number;
  column: number;
  reason: string;
}): UsageError {
  return new UsageError(
    'STRIATE_CONFIGURATION_SYNTAX',
    `${facts.path}:${facts.line}:${facts.column}: ${facts.reason}`,
    { context: facts, hint: 'Mend the syntax there; YAML wants spaces, not tabs.' },
  );
}

/** A key that no schema knows. */
export function unknownKey(facts: {
  path: string;
  key: string;
  at: string;
  known: readonly string[];
}): UsageError {
  return new UsageError(
    'STRIATE_UNKNOWN_KEY',
    `${facts.path}: unknown key "${facts.key}" at ${facts.at || 'the top'}.`,
    {
      context: facts,
      hint: suggest(facts.key, facts.known),
    },
  );
}

/** A value of the wrong type or out of range. */
export function invalidValue(facts: {
  path: string;
  at: string;
  expected: string;
  actual: string;
  hint?: string;
}): UsageError {
  const what = facts.at === '' ? 'the whole' : `"${facts.at}"`;
  return new UsageError(
    'STRIATE_INVALID_VALUE',
    `${facts.path}: ${what} must be ${facts.expected}; it is ${facts.actual}.`,
    { context: facts, hint: facts.hint ?? `Change ${what}.` },
  );
}

/** An option of a plugin is unknown, of the wrong type or out of range. */
export function invalidOption({
  hint,
  ...facts
}: {
  who: string;
  option: string;
  expected: string;
  actual: string;
  hint?: string | undefined;
}): UsageError {
  return new UsageError(
    'STRIATE_INVALID_OPTION',
    `${facts.who}: option "${facts.option}" must be ${facts.expected}; it is ${facts.actual}.`,
    { context: facts, hint: hint ?? `Run "striate describe ${facts.who}" to see the options.` },
  );
}

/** `${NAME}` in a configuration, and nothing of that name. */
export function unknownVariable(facts: {
  path: string;
  name: string;
  at: string;
  known: readonly string[];
}): UsageError {
  return new UsageError(
    'STRIATE_UNKNOWN_VARIABLE',
    `${facts.path}: \${${facts.name}} at "${facts.at}" has no value.`,
    {
      context: facts,
      hint: `Give it: "--var ${facts.name}=..." or the environment variable ${facts.name}.`,
    },
  );
}

/** A plan needs more than the machine or the limit has. */
export function overBudget(facts: {
  what: 'memory' | 'disk';
  neededBytes: number;
  availableBytes: number;
  hint: string;
}): UsageError {
  return new UsageError(
    'STRIATE_OVER_BUDGET',
    `The plan needs about ${inBytes(facts.neededBytes)} of ${facts.what}; ${inBytes(facts.availableBytes)} are there.`,
    { context: facts, hint: facts.hint },
  );
}

/** `310 MB`, `4.2 GB`. */
function inBytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
