// What every part that takes options promises of them, whatever its seam.

import type { Parse } from '@striate/contracts';
import { demandRefusal } from '../evidence/refusal.js';
import { demandSameValue } from '../evidence/same-value.js';
import { demand } from '../law/breach.js';
import type { Law, Subject } from '../law/law.js';

/** A part that takes options. */
export interface TakesOptions {
  readonly parseOptions: Parse<unknown>;
}

/** A subject with options, as its part's `parseOptions` gave them. */
export interface SubjectWithOptions extends Subject {
  readonly options: unknown;
}

const UNKNOWN = 'no-part-has-this-option';

/** Make the laws about options of a seam. */
export function optionsLaws<Of extends SubjectWithOptions>(
  seam: string,
  partOf: (subject: Of) => TakesOptions,
): readonly Law<Of>[] {
  return [
    {
      id: `${seam}/options-read-again`,
      title: 'reads options that it has read, and that were written as JSON, to the same options',
      why: 'Records and "striate describe" show options as they were read; copied into a configuration they mean the same.',
      async check(subject) {
        const { options } = subject;
        const { copied } = JSON.parse(JSON.stringify({ copied: options })) as { copied?: unknown };
        demandSameValue('options that were written as JSON', copied, options);
        demandSameValue('options that were read again', partOf(subject).parseOptions(copied), options);
      },
    },
    {
      id: `${seam}/unknown-option-refused`,
      title: 'refuses an option that it does not have with STRIATE_INVALID_OPTION that names it',
      why: 'A misspelt option that is passed over is a comparison with the default, under the name of another.',
      async check(subject) {
        const options = { ...(subject.options as object), [UNKNOWN]: 1 };
        const parse = () => partOf(subject).parseOptions(options);
        const { context } = await demandRefusal(`the option "${UNKNOWN}"`, parse, 'STRIATE_INVALID_OPTION');
        demand(context['option'] === UNKNOWN, `the error names the option "${String(context['option'])}"`);
      },
    },
  ];
}
