// Options as a user wrote them, checked before anything is opened.

import { invalidOption, suggest } from '@striate/contracts';

/**
 * Take options as a mapping, and refuse those that the dataset does not know.
 *
 * @throws {UsageError} `STRIATE_INVALID_OPTION`.
 */
export function knownOptions(raw: unknown, who: string, names: readonly string[]): Record<string, unknown> {
  const options = raw ?? {};
  if (typeof options !== 'object' || Array.isArray(options)) {
    throw invalidOption({
      who,
      option: '(all)',
      expected: 'a mapping of names to values',
      actual: JSON.stringify(raw),
    });
  }
  for (const [option, value] of Object.entries(options)) {
    if (names.includes(option)) continue;
    throw invalidOption({
      who,
      option,
      expected: 'left out (there is no such option)',
      actual: JSON.stringify(value),
      hint: suggest(option, names),
    });
  }
  return options as Record<string, unknown>;
}
