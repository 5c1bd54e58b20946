import { defineCommand } from '../command.js';
import { withJson } from '../../options/shared.js';

export const checkCommand = defineCommand({
  command: 'check <plugin>',
  describe: 'Run the laws of the conformance kit on every part of a plugin',
  builder: (yargs) =>
    withJson(yargs)
      .positional('plugin', { type: 'string', demandOption: true, describe: 'Name or path of its package' })
      .option('part', { type: 'string', describe: 'Check the part of this id only' })
      .option('model', {
        type: 'string',
        describe: 'A model to check a backend with (a path, or a name that it knows)',
      })
      .option('options', {
        type: 'string',
        default: '{}',
        describe: 'Options of the checked parts, as JSON',
      })
      .example('$0 check ../my-net', 'A package in a folder')
      .example('$0 check @striate/backend-onnx --part onnx --model net.onnx', 'One part, with a model'),
  load: async () => (await import('./run.js')).runCheck,
});
