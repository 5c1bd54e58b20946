import { SEAM_NAMES, unknownId, type SeamName } from '@striate/contracts';
import type { Registry } from '@striate/core';
import { openRegistry } from '../../surroundings.js';
import { EXIT_DONE } from '../../exit-code.js';
import type { Io } from '../../io.js';

export interface DescribeArgs {
  readonly id: string;
  readonly json: boolean;
  readonly plugin?: readonly string[] | undefined;
}

interface Description {
  readonly kind: SeamName;
  readonly id: string;
  readonly plugin: string;
  readonly title: string;
  /** Formula, choices. */
  readonly text?: string;
  readonly defaultOptions?: unknown;
}

/** `striate describe`. */
export async function runDescribe({ id, json, plugin }: DescribeArgs, io: Io): Promise<number> {
  const registry = await openRegistry(io, plugin);
  const found = SEAM_NAMES.flatMap((seam) =>
    registry.list(seam).flatMap((entry) => (entry.id === id ? [{ seam, plugin: entry.plugin }] : [])),
  );
  if (found.length === 0) {
    const known = SEAM_NAMES.flatMap((seam) => registry.list(seam).map((entry) => entry.id));
    throw unknownId({ seam: 'part of any plugin', id, known });
  }
  const descriptions: Description[] = [];
  for (const entry of found) descriptions.push(await describePart(registry, entry.seam, id, entry.plugin));
  io.out(json ? `${JSON.stringify(descriptions, null, 2)}\n` : descriptions.map(render).join('\n'));
  return EXIT_DONE;
}

async function describePart(
  registry: Registry,
  kind: SeamName,
  id: string,
  plugin: string,
): Promise<Description> {
  const part = (await registry.get(kind, id)) as {
    title: string;
    formula?: string;
    parseOptions?: (raw: unknown) => unknown;
    describe?: (options: unknown) => string;
  };
  const base = { kind, id, plugin, title: part.title };
  if (part.formula !== undefined) return { ...base, text: part.formula };
  const defaultOptions = defaultsOf(part.parseOptions);
  if (defaultOptions === undefined) return base;
  const text = part.describe?.(defaultOptions);
  return text === undefined ? { ...base, defaultOptions } : { ...base, text, defaultOptions };
}

/** Some parts have options that must be given; then there are no defaults to show. */
function defaultsOf(parse: ((raw: unknown) => unknown) | undefined): unknown {
  try {
    return parse?.({});
  } catch {
    return undefined;
  }
}

function render({ kind, id, plugin, title, text, defaultOptions }: Description): string {
  return [
    `${id} (${kind}, ${plugin})`,
    `  ${title}`,
    ...(text ? [`  ${text}`] : []),
    ...(defaultOptions === undefined ? [] : [`  options: ${JSON.stringify(defaultOptions)}`]),
    '',
  ].join('\n');
}
