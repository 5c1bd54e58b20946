import { brokenPromise, unknownId, type PluginContractError } from '@striate/contracts';
import type { Law, Subject } from './law.js';

/** A law that a plugin honestly does not keep. It still runs, and has to fail. */
export interface Deviation {
  /** Id of the law. */
  readonly law: string;
  readonly reason: string;
}

export interface LawResult {
  /** Id of the law. */
  readonly law: string;
  readonly title: string;
  /** `stale-deviation`: declared not to hold, and it holds. */
  readonly outcome: 'held' | 'broken' | 'deviates' | 'stale-deviation';
  /** What was found, or the reason of the deviation. */
  readonly detail?: string;
  readonly seconds: number;
}

/**
 * Check laws one after the other.
 *
 * @param laws       One of the kit's lists, or some of it.
 * @param subject    What is checked.
 * @param deviations Laws that it declares not to keep.
 * @returns One result per law, in order; a broken law is a result, not an error.
 * @throws {UsageError} `STRIATE_UNKNOWN_ID` if a deviation names none of the laws.
 */
export async function runLaws<Of extends Subject>(
  laws: readonly Law<Of>[],
  subject: Of,
  deviations: readonly Deviation[] = [],
): Promise<LawResult[]> {
  assertKnown(laws, deviations);
  const results: LawResult[] = [];
  for (const law of laws) {
    const start = performance.now();
    const verdict = await judge(law, subject, deviationFrom(law, deviations));
    results.push({ law: law.id, title: law.title, ...verdict, seconds: (performance.now() - start) / 1000 });
  }
  return results;
}

/**
 * Check one law, for a test runner.
 *
 * @throws {PluginContractError} `STRIATE_BROKEN_PROMISE` if it is broken, or if the deviation from it is stale.
 */
export async function upholdLaw<Of extends Subject>(
  law: Law<Of>,
  subject: Of,
  deviation?: Deviation,
): Promise<void> {
  if (!deviation) return law.check(subject);
  const { outcome, detail } = await judge(law, subject, deviation);
  if (outcome === 'stale-deviation') {
    throw brokenPromise({ plugin: subject.plugin, law: law.id, detail: detail! });
  }
}

/** @throws {UsageError} `STRIATE_UNKNOWN_ID` if a deviation names none of the laws. */
export function assertKnown(laws: readonly { id: string }[], deviations: readonly Deviation[]): void {
  const known = laws.map((law) => law.id);
  const unknown = deviations.find((deviation) => !known.includes(deviation.law));
  if (unknown) throw unknownId({ seam: 'law', id: unknown.law, known });
}

export function deviationFrom(
  law: { readonly id: string },
  deviations: readonly Deviation[],
): Deviation | undefined {
  return deviations.find((deviation) => deviation.law === law.id);
}

async function judge<Of extends Subject>(
  law: Law<Of>,
  subject: Of,
  deviation: Deviation | undefined,
): Promise<Pick<LawResult, 'outcome' | 'detail'>> {
  const broken = await law.check(subject).then(
    () => undefined,
    (error: PluginContractError) => error,
  );
  if (broken && deviation) return { outcome: 'deviates', detail: deviation.reason };
  if (broken) return { outcome: 'broken', detail: String(broken.context['detail']) };
  if (!deviation) return { outcome: 'held' };
  return {
    outcome: 'stale-deviation',
    detail: `the law holds, so the declared deviation ("${deviation.reason}") is stale; remove it.`,
  };
}
