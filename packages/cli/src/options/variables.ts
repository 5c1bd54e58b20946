import { invalidOption } from '@striate/contracts';

/**
 * Read `--var NAME=value` as often as it was given.
 *
 * @throws {UsageError} `STRIATE_INVALID_OPTION`.
 */
export function parseVariables(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)];
      throw invalidOption({
        who: 'striate',
        option: '--var',
        expected: 'NAME=value',
        actual: `"${pair}"`,
        hint: 'For example: --var DATA=/data/v4.',
      });
    }),
  );
}
