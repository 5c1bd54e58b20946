import { defineCommand } from '../command.js';
import { withOut } from '../../options/shared.js';

export const reportCommand = defineCommand({
  command: 'report <record>',
  describe: 'Make the report and the tables again, from a run record (and the times in a run.json beside it)',
  builder: (yargs) =>
    withOut(yargs, 'that of the record').positional('record', {
      type: 'string',
      demandOption: true,
      describe: 'The record.json of a run',
    }),
  load: async () => (await import('./run.js')).runReport,
});
