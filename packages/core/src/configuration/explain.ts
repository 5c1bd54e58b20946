// From zod's issues to the catalogue's errors: the key, the nearest valid word, what was expected and what was found.

import { describeValue, invalidValue, nearestWord, unknownKey, type StriateError } from '@striate/contracts';
import { z } from 'zod';

type Issue = z.core.$ZodIssue;

/**
 * Explain the first thing that is wrong with a configuration.
 *
 * @param issues What zod found; at least one.
 * @param value  The value that was checked.
 * @param path   The file, for messages.
 */
export function explainIssues(
  issues: readonly Issue[],
  schema: z.ZodType,
  value: unknown,
  path: string,
): StriateError {
  const issue = deepest(issues[0]);
  const at = describePath(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return unknownKey({ path, key: issue.keys[0], at, known: knownKeys(schema, issue.path, value) });
  }
  const actual = describeValue(valueAt(value, issue.path));
  const { expected, words } = describeExpectation(issue);
  const near =
    words.length > 0 && actual.startsWith('"') ? nearestWord(actual.slice(1, -1), words) : undefined;
  return invalidValue({
    path,
    at,
    expected,
    actual,
    ...(near === undefined ? {} : { hint: `Did you mean "${near}"?` }),
  });
}

/** Types in the words of YAML. */
const TYPES: Readonly<Record<string, string>> = {
  object: 'a mapping (key: value)',
  array: 'a list',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
};

/** Inside a union, the alternative that came furthest says best what is wrong. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const alternatives = issue.errors.filter((errors) => errors.length > 0).map((errors) => deepest(errors[0]));
  const best = alternatives.reduce((a, b) => (b.path.length > a.path.length ? b : a), alternatives[0]);
  if (!best || best.path.length === 0) return issue;
  return { ...best, path: [...issue.path, ...best.path] };
}

function describeExpectation(issue: Issue): { expected: string; words: string[] } {
  switch (issue.code) {
    case 'invalid_type':
      return { expected: TYPES[issue.expected] ?? `a value of type ${issue.expected}`, words: [] };
    case 'invalid_value': {
      const words = issue.values.map(String);
      return { expected: words.length === 1 ? `"${words[0]}"` : `one of ${words.join(', ')}`, words };
    }
    case 'too_small':
      return {
        expected: `at least ${issue.minimum}${issue.origin === 'array' ? ' entries' : ''}`,
        words: [],
      };
    case 'too_big':
      return { expected: `at most ${issue.maximum}`, words: [] };
    case 'invalid_union': {
      const words = (issue as { options?: unknown[] }).options?.map(String) ?? [];
      return { expected: words.length > 0 ? `one of ${words.join(', ')}` : issue.message, words };
    }
    default:
      return { expected: issue.message, words: [] };
  }
}

/** The keys that a schema allows at a path, looking through defaults, unions and preprocessing. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[], value: unknown): string[] {
  let candidates = objectsOf(schema);
  let here = value;
  for (const step of path) {
    const next = candidates.flatMap((candidate) => {
      if (candidate instanceof z.ZodArray) return objectsOf(candidate.element as z.ZodType);
      const inner =
        candidate instanceof z.ZodObject
          ? (candidate.shape as Record<string, z.ZodType>)[String(step)]
          : undefined;
      return inner ? objectsOf(inner) : [];
    });
    here = (here as Record<PropertyKey, unknown> | undefined)?.[step];
    candidates = next;
  }
  const objects = candidates.filter((candidate) => candidate instanceof z.ZodObject);
  const kind = (here as { kind?: unknown } | undefined)?.kind;
  const ofKind = objects.filter((object) => {
    const literal = (object.shape as Record<string, unknown>)['kind'];
    return literal instanceof z.ZodLiteral && literal.value === kind;
  });
  return [...new Set((ofKind.length > 0 ? ofKind : objects).flatMap((object) => Object.keys(object.shape)))];
}

function objectsOf(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional)
    return objectsOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodPipe) return objectsOf(schema.out as z.ZodType);
  if (schema instanceof z.ZodUnion) return (schema.options as z.ZodType[]).flatMap(objectsOf);
  return [schema];
}

function describePath(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}
