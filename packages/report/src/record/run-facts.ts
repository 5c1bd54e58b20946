import { readFile } from 'node:fs/promises';
import { runFactsInvalid, type RunFacts, type RunRecord } from '@striate/contracts';

/**
 * Read the facts of a run that stand beside its record.
 *
 * @param path The `run.json`.
 * @returns `undefined` where there is none, or where it belongs to a run of another plan.
 * @throws {DataError} `STRIATE_RUN_FACTS_INVALID` if it is there and is not what a run writes.
 */
export async function readRunFacts(
  path: string,
  { planKey }: Pick<RunRecord, 'planKey'>,
): Promise<RunFacts | undefined> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw runFactsInvalid({ path, reason: cause.message });
  });
  if (text === undefined) return undefined;
  const facts = parse(path, text);
  if (!Array.isArray(facts?.fits)) throw runFactsInvalid({ path, reason: '"fits" is no list' });
  if (typeof facts.machine?.cores !== 'number')
    throw runFactsInvalid({ path, reason: '"machine" is missing' });
  const wrong = facts.fits.findIndex((fit) => !isTime(fit?.seconds));
  if (wrong >= 0) throw runFactsInvalid({ path, reason: `fits[${wrong}].seconds is no number` });
  return facts.planKey === planKey ? (facts as RunFacts) : undefined;
}

function parse(path: string, text: string): Partial<RunFacts> | null {
  try {
    return JSON.parse(text) as Partial<RunFacts> | null;
  } catch (cause) {
    throw runFactsInvalid({ path, reason: `it is no JSON (${(cause as SyntaxError).message})` });
  }
}

const isTime = (seconds: unknown) => seconds === null || typeof seconds === 'number';
