import { unknownVariable } from '@striate/contracts';

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/**
 * Replace `${NAME}` in every string of a configuration.
 *
 * @param value     Parsed YAML or JSON.
 * @param variables Name → value; the command line's before the environment's.
 * @param path      The file, for messages.
 * @throws {UsageError} `STRIATE_UNKNOWN_VARIABLE`, with the place in the configuration.
 */
export function substituteVariables(
  value: unknown,
  variables: Readonly<Record<string, string | undefined>>,
  path: string,
  at = '',
): unknown {
  if (typeof value === 'string') {
    return value.replace(VARIABLE, (_, name: string) => {
      const replacement = variables[name];
      if (replacement !== undefined) return replacement;
      throw unknownVariable({ path, name, at, known: Object.keys(variables) });
    });
  }
  const recurse = (inner: unknown, key: string | number) =>
    substituteVariables(inner, variables, path, at === '' ? String(key) : `${at}.${key}`);
  if (Array.isArray(value)) return value.map(recurse);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, recurse(inner, key)]));
  }
  return value;
}
