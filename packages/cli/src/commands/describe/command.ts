import { defineCommand } from '../command.js';
import { withJson, withPlugins } from '../../options/shared.js';

export const describeCommand = defineCommand({
  command: 'describe <id>',
  describe:
    'Say what a backend, readout, scorer, convention, ceiling or dataset is, with its default options',
  builder: (yargs) =>
    withPlugins(withJson(yargs)).positional('id', {
      type: 'string',
      demandOption: true,
      describe: 'As "striate list" shows it',
    }),
  load: async () => (await import('./run.js')).runDescribe,
});
