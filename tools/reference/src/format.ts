// One line per case, for people; columns line up.

import { PRECISIONS, TOLERANCES, type Precision } from './check.js';
import type { CaseResult } from './run-case.js';

/** All lines, the last one with the counts. */
export function formatResults(results: readonly CaseResult[]): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  const lines = results.map((result) => `${result.name.padEnd(width)}  ${describe(result)}`);
  return [...lines, countStatuses(results)].join('\n');
}

function describe(result: CaseResult): string {
  if (!result.errors) return `${result.status}: ${result.reason}`;
  const measured = PRECISIONS.map((precision) => describeError(result, precision)).join('  ');
  const notChecked = result.notChecked?.length ? ` (not there yet: ${result.notChecked.join(', ')})` : '';
  return `${measured}  ${result.status}${notChecked}`;
}

function describeError({ errors }: CaseResult, precision: Precision): string {
  const [worst, error] = worstOf(errors![precision]);
  const where = error > TOLERANCES[precision] ? ` in ${worst}` : '';
  return `${precision} ${error.toExponential(1).padEnd(7)} <= ${TOLERANCES[precision].toExponential(0)}${where}`;
}

function worstOf(errors: Readonly<Record<string, number>>): readonly [string, number] {
  return Object.entries(errors).reduce((worst, entry) => (entry[1] > worst[1] ? entry : worst));
}

function countStatuses(results: readonly CaseResult[]): string {
  const count = (status: CaseResult['status']) => results.filter((result) => result.status === status).length;
  const malformed = count('malformed') > 0 ? `, ${count('malformed')} malformed` : '';
  return `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped${malformed}`;
}
