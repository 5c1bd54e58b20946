import type { Argv, CommandModule } from 'yargs';
import type { Finish } from '../cli.js';
import type { Io } from '../io.js';

/**
 * A command: its words, and where its work is imported from when it is called. That the options of the builder are the
 * arguments of the work is checked by yargs when it runs (strict), not by the compiler.
 */
export function defineCommand(words: {
  readonly command: string;
  readonly describe: string;
  readonly builder: (yargs: Argv) => unknown;
  /** Runs the command; resolves to its exit code. */
  readonly load: () => Promise<(args: never, io: Io) => Promise<number>>;
}): (io: Io, finish: Finish) => CommandModule {
  const { command, describe, builder, load } = words;
  return (io, finish) => ({
    command,
    describe,
    builder: (yargs) => builder(yargs) as Argv,
    handler: async (args) => finish(await (await load())(args as never, io)),
  });
}
