import type { LawResult } from '@striate/conformance';
import { SEAM_NAMES, unknownId, type SeamName } from '@striate/contracts';
import { createRegistry, type Registry } from '@striate/core';
import { EXIT_CHECK_FAILED, EXIT_DONE } from '../../exit-code.js';
import type { Io } from '../../io.js';
import { parseJson } from '../../options/json.js';
import { ownFolder } from '../../surroundings.js';
import { formatTable } from '../../table.js';
import { checkPart } from './check-part.js';

export interface CheckArgs {
  readonly plugin: string;
  /** Id of the one part to check; absent: all. */
  readonly part?: string | undefined;
  readonly model?: string | undefined;
  readonly options: string;
  readonly json: boolean;
}

type PartResult = LawResult & { readonly part: string };

/** `striate check`. */
export async function runCheck(args: CheckArgs, io: Io): Promise<number> {
  const registry = await openChecked(args.plugin, io);
  const options = parseJson('check', args.options);
  const results: PartResult[] = [];
  for (const { seam, id } of chooseParts(registry, args.part)) {
    io.status?.(`checking ${id}`);
    const laws = await checkPart(registry, seam, id, { ...args, options }, io);
    results.push(...laws.map((law) => ({ part: `${seam}/${id}`, ...law })));
  }
  io.status?.('');
  io.err(`${countOutcomes(results)}\n`);
  const isGood = results.every(({ outcome }) => outcome === 'held' || outcome === 'deviates');
  const rows = results.map(({ part, law, title, outcome, detail }) => [part, law, outcome, detail ?? title]);
  io.out(
    args.json
      ? `${JSON.stringify(results, null, 2)}\n`
      : formatTable(['part', 'law', 'outcome', 'detail'], rows),
  );
  return isGood ? EXIT_DONE : EXIT_CHECK_FAILED;
}

/** The parts of one plugin alone: one that comes with striate, of the project, or of a path. */
async function openChecked(plugin: string, io: Io): Promise<Registry> {
  const own = await createRegistry({ searchFrom: [ownFolder()] });
  const isOwn = SEAM_NAMES.some((seam) => own.list(seam).some((entry) => entry.plugin === plugin));
  return createRegistry({ searchFrom: [], plugins: [plugin], baseFolder: isOwn ? ownFolder() : io.cwd });
}

function chooseParts(registry: Registry, only: string | undefined): { seam: SeamName; id: string }[] {
  const parts = SEAM_NAMES.flatMap((seam) => registry.list(seam).map(({ id }) => ({ seam, id })));
  const chosen = parts.filter(({ id }) => only === undefined || id === only);
  if (only !== undefined && chosen.length === 0)
    throw unknownId({ seam: 'part of this plugin', id: only, known: parts.map(({ id }) => id) });
  return chosen;
}

/** `18 laws: 17 held, 1 broken`. */
function countOutcomes(results: readonly PartResult[]): string {
  const outcomes = [...new Set(results.map(({ outcome }) => outcome))].sort().reverse();
  const counts = outcomes.map((of) => `${results.filter(({ outcome }) => outcome === of).length} ${of}`);
  return `${results.length} laws: ${counts.join(', ')}`;
}
