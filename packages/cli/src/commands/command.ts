import type { ArgumentsCamelCase, Argv, CommandModule } from 'yargs';
import type { Finish } from '../cli.js';
import type { Io } from '../io.js';

/** Runs a command; resolves to its exit code. */
export type Run<Args> = (args: Args, io: Io) => Promise<number>;

/** A command: its words, and where its work is imported from when it is called. */
export function defineCommand<Args>(words: {
  readonly command: string;
  readonly describe: string;
  readonly builder: (yargs: Argv) => Argv<Args>;
  readonly load: () => Promise<Run<ArgumentsCamelCase<Args>>>;
}): (io: Io, finish: Finish) => CommandModule<object, Args> {
  const { command, describe, builder, load } = words;
  return (io, finish) => ({
    command,
    describe,
    builder: builder as never,
    handler: async (args) => finish(await (await load())(args, io)),
  });
}
