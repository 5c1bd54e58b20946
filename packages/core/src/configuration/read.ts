import { readFile } from 'node:fs/promises';
import { configurationNotFound, configurationSyntax } from '@striate/contracts';
import { LineCounter, parseDocument } from 'yaml';
import { explainIssues } from './explain.js';
import { configurationSchema, type Configuration } from './schema.js';
import { substituteVariables } from './variables.js';

/**
 * Read and check a configuration file (YAML, of which JSON is a part).
 *
 * @param path      The file.
 * @param variables Values for `${NAME}`.
 * @returns The configuration with every default filled in.
 * @throws {UsageError} `STRIATE_CONFIGURATION_NOT_FOUND`, `STRIATE_CONFIGURATION_SYNTAX` (with line and column),
 *   `STRIATE_UNKNOWN_VARIABLE`, `STRIATE_UNKNOWN_KEY` (with the nearest valid key), `STRIATE_INVALID_VALUE`.
 */
export async function readConfiguration(
  path: string,
  variables: Readonly<Record<string, string | undefined>> = {},
): Promise<Configuration> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw configurationNotFound({ path, cause });
  });
  return parseConfiguration(parseYaml(text, path), variables, path);
}

/**
 * Check a configuration that is in memory.
 *
 * @param value Parsed YAML or JSON.
 * @param path  Where it is from, for messages.
 * @throws {UsageError} as {@link readConfiguration}.
 */
export function parseConfiguration(
  value: unknown,
  variables: Readonly<Record<string, string | undefined>> = {},
  path = 'configuration',
): Configuration {
  const substituted = substituteVariables(value, variables, path);
  const result = configurationSchema.safeParse(substituted);
  if (result.success) return result.data;
  throw explainIssues(result.error.issues, configurationSchema, substituted, path);
}

function parseYaml(text: string, path: string): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const problem = document.errors[0];
  if (problem) {
    const { line, col } = lineCounter.linePos(problem.pos[0]);
    throw configurationSyntax({ path, line, column: col, reason: problem.message });
  }
  return document.toJS();
}
