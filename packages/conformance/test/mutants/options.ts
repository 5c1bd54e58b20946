import { flag, invalidOption, optionsParser } from '@striate/contracts';
import type { SubjectWithOptions } from '../../src/index.js';
import type { Mutant } from '../mutant.js';

type Raw = Readonly<Record<string, unknown>>;

/**
 * Mutants of a part that takes options wrongly, for any seam.
 *
 * @param honest Makes a subject that keeps the laws.
 * @param part   Where in the subject the part is.
 */
export function optionsMutants<Of extends SubjectWithOptions>(
  seam: string,
  honest: () => Of,
  part: keyof Of,
): Mutant<Of>[] {
  const mutant = (law: string, fault: string, parseOptions: (raw: Raw) => unknown, raw: Raw): Mutant<Of> => ({
    caughtBy: `${seam}/${law}`,
    fault,
    subject() {
      const subject = honest();
      return { ...subject, [part]: { ...subject[part], parseOptions }, options: parseOptions(raw) };
    },
  });
  const parse = optionsParser('part', { isOn: flag(true) });
  return [
    mutant('options-read-again', 'takes the share that it read for a percentage', toShare, { share: 50 }),
    mutant('options-read-again', 'does not read the list that it makes of a range', toList, { to: 3 }),
    mutant('options-read-again', 'keeps a number that JSON does not hold', toLimit, {}),
    mutant('unknown-option-refused', 'passes over what it does not know', ({ isOn }) => parse({ isOn }), {}),
    mutant('unknown-option-refused', 'keeps what it does not know', (raw) => raw, {}),
    mutant('unknown-option-refused', 'refuses all options for one of them', refuseAll, {}),
  ];
}

function toShare({ share }: Raw) {
  return { share: (share as number) / 100 };
}

function toList({ to }: Raw) {
  return { list: Array.from({ length: to as number }, (_, i) => i) };
}

function toLimit({ limit }: Raw) {
  return { limit: limit ?? Infinity };
}

function refuseAll(raw: Raw): Raw {
  if (Object.keys(raw).length === 0) return raw;
  throw invalidOption({ who: 'part', option: '(all)', expected: 'something else', actual: 'this' });
}
