import { defineCommand } from '../command.js';
import { withJson, withOut, withStore, withVariables } from '../../options/shared.js';

export const compareCommand = defineCommand({
  command: 'compare <config>',
  describe: 'Run a comparison and write its record, tables and report',
  builder: (yargs) =>
    withJson(withVariables(withStore(withOut(yargs, 'results/<name of the comparison>'))))
      .positional('config', { type: 'string', demandOption: true, describe: 'A YAML or JSON file' })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'Print the plan with predicted memory, disk and time, and stop',
      })
      .example('$0 compare macaque-v4.yaml --var DATA=/data/v4 --out results', ''),
  load: async () => (await import('./run.js')).runCompare,
});
