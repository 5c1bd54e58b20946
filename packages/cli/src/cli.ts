// The parser, assembled and not run: commands are words here, their work is imported when one is called.

import { commandLineWrong, fileRefused, refusalOf } from '@striate/contracts';
import { VERSION } from '@striate/core';
import yargs, { type Argv } from 'yargs';
import { checkCommand } from './commands/check/command.js';
import { compareCommand } from './commands/compare/command.js';
import { demoCommand } from './commands/demo/command.js';
import { describeCommand } from './commands/describe/command.js';
import { doctorCommand } from './commands/doctor/command.js';
import { exportCommand } from './commands/export/command.js';
import { listCommand } from './commands/list/command.js';
import { reportCommand } from './commands/report/command.js';
import { EXIT_DONE, exitCodeOf } from './exit-code.js';
import type { Io } from './io.js';
import { renderError } from './render-error.js';

/** Name of what yargs throws for a line that it cannot parse; anything else comes from a command's work. */
const YARGS_ERROR = 'YError';

/** Options that may stand several times; `_` are the words without an option. */
const MAY_REPEAT = new Set(['_', 'var', 'plugin']);

/** What yargs says, said so that one knows what to do. */
function reword(message: string): string {
  if (message.startsWith('Not enough non-option arguments'))
    return 'Something is missing behind the command: what stands in <...> in its help.';
  return message.replace(/^Did you mean (.*)\?$/, 'There is no such command; did you mean "$1"?');
}

/** Told what a command ends with. */
export type Finish = (exitCode: number) => void;

/** Build the parser of `striate` for given surroundings. */
export function buildParser(io: Io, finish: Finish): Argv {
  return yargs()
    .scriptName('striate')
    .parserConfiguration({ 'greedy-arrays': false }) // else `--var A=1 plan.yaml` takes the plan for a variable
    .usage(
      '$0 <command>\n\nWhich model, at which layer, read out how, predicts which part of visual cortex best.',
    )
    .command(compareCommand(io, finish))
    .command(demoCommand(io, finish))
    .command(listCommand(io, finish))
    .command(describeCommand(io, finish))
    .command(reportCommand(io, finish))
    .command(exportCommand(io, finish))
    .command(checkCommand(io, finish))
    .command(doctorCommand(io, finish))
    .option('verbose', { type: 'boolean', default: false, describe: 'Show causes and stacks of errors' })
    .demandCommand(1, 'Say what to do: one of the commands above.')
    .recommendCommands()
    .strictCommands()
    .strict()
    .check(requireOnce)
    .locale('en') // else messages come in the language of the terminal, and every other one in English
    .help()
    .version(VERSION)
    .wrap(100)
    .exitProcess(false)
    .fail((message, error) => {
      throw error && error.name !== YARGS_ERROR ? error : commandLineWrong(reword(message ?? error.message));
    });
}

function requireOnce(given: Readonly<Record<string, unknown>>): true {
  for (const [option, value] of Object.entries(given)) {
    if (Array.isArray(value) && !MAY_REPEAT.has(option))
      throw commandLineWrong(`--${option} is given ${value.length} times; once is enough.`);
  }
  return true;
}

/**
 * Run one command line.
 *
 * @param args Without the program's name.
 * @returns The exit code: 0 done, 1 a check failed, 2 usage, 3 data, 4 plugin, 5 environment, 70 our bug,
 *   130 interrupted.
 */
export async function runCommandLine(args: readonly string[], io: Io): Promise<number> {
  let exitCode = EXIT_DONE;
  const parser = buildParser(io, (code) => (exitCode = code));
  try {
    let output = '';
    await parser.parseAsync(
      [...args],
      {},
      (_error: unknown, _argv: unknown, text: string) => void (output = text),
    );
    if (output) io.out(`${output}\n`);
    return exitCode;
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    const error = refusal ? fileRefused({ refusal, cause: thrown }) : thrown;
    io.status?.('');
    io.err(renderError(error, args.includes('--verbose')));
    return exitCodeOf(error);
  }
}
