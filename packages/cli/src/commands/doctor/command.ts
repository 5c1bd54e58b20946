import { defineCommand } from '../command.js';
import { withJson, withStore } from '../../options/shared.js';

export const doctorCommand = defineCommand({
  command: 'doctor',
  describe: 'Check this installation: engine, devices, plugins, folders, room',
  builder: (yargs) => withStore(withJson(yargs)),
  load: async () => (await import('./run.js')).runDoctor,
});
