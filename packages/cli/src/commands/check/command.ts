import { defineCommand } from '../command.js';
import { withJson } from '../../options/shared.js';

export const checkCommand = defineCommand({
  command: 'check <plugin>',
  describe: 'Run the laws of the conformance kit on every part of a plugin',
  builder: (yargs) =>
    withJson(yargs)
      .positional('plugin', { type: 'string', demandOption: true, describe: 'Name or path of its package' })
      .option('model', {
        type: 'string',
        describe: 'A model to check a backend with (a path, or a name that it knows)',
      })
      .option('options', {
        type: 'string',
        default: '{}',
        describe: 'Options of the checked parts, as JSON',
      }),
  load: async () => (await import('./run.js')).runCheck,
});
