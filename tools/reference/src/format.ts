// One line per case, for people; columns line up.

import { PRECISIONS, type Precision } from './check.js';
import type { CaseResult } from './run-case.js';

/** All lines, the last one with the counts. */
export function formatResults(results: readonly CaseResult[]): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  const lines = results.map((result) => `${result.name.padEnd(width)}  ${describe(result)}`);
  return [...lines, countStatuses(results)].join('\n');
}

function describe(result: CaseResult): string {
  if (!result.errors) return `${result.status}: ${result.reason}`;
  const measured = PRECISIONS.filter((precision) => result.errors![precision])
    .map((precision) => describeError(result, precision))
    .join('  ');
  const notChecked = result.notChecked?.length ? ` (not there yet: ${result.notChecked.join(', ')})` : '';
  return `${measured}  ${result.status}${notChecked}`;
}

/** The array that is nearest to its limit, or farthest beyond. */
function describeError({ errors, limits }: CaseResult, precision: Precision): string {
  const [error, limit] = [errors![precision]!, limits![precision]!];
  const worst = Object.keys(error).reduce((a, b) => (error[b] / limit[b] > error[a] / limit[a] ? b : a));
  const where = error[worst] > limit[worst] ? ` in ${worst}` : '';
  return `${precision} ${error[worst].toExponential(1).padEnd(7)} <= ${limit[worst].toExponential(0)}${where}`;
}

function countStatuses(results: readonly CaseResult[]): string {
  const count = (status: CaseResult['status']) => results.filter((result) => result.status === status).length;
  const malformed = count('malformed') > 0 ? `, ${count('malformed')} malformed` : '';
  return `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped${malformed}`;
}
