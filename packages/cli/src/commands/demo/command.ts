import { defineCommand } from '../command.js';
import { withJson, withOut } from '../../options/shared.js';

export const demoCommand = defineCommand({
  command: 'demo',
  describe: 'Compare three models on a synthetic subject whose truth is known: no data, no network needed',
  builder: (yargs) =>
    withJson(withOut(yargs, 'results/demo')).option('seed', {
      type: 'number',
      default: 1,
      describe: 'Of the subject',
    }),
  load: async () => (await import('./run.js')).runDemo,
});
