import { StriateError } from '@striate/contracts';

/**
 * What a person reads of an error: code, what happened, what to do.
 *
 * @param isVerbose With the chain of causes and their stacks.
 */
export function renderError(error: unknown, isVerbose: boolean): string {
  const lines = StriateError.isInstance(error)
    ? [`${error.code}: ${error.message}`, ...(error.hint ? [`  ${error.hint}`] : [])]
    : [
        `Unexpected: ${error instanceof Error ? error.message : String(error)}`,
        '  This is a bug of striate; run again with --verbose and report it.',
      ];
  if (isVerbose) lines.push(...causes(error));
  return `${lines.join('\n')}\n`;
}

function causes(error: unknown): string[] {
  const lines: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) lines.push(at.stack ?? at.message);
  return lines;
}
