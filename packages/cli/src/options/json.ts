import { invalidOption } from '@striate/contracts';

/** Options of a plugin's part, as a user types them on the command line. */
export function parseJson(command: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const hint = 'Quote it for the shell: --options \'{ "size": 4 }\'.';
    throw invalidOption({ who: command, option: '--options', expected: 'JSON', actual: text, hint });
  }
}
