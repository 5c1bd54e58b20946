import { SEAM_NAMES } from '@striate/contracts';
import { defineCommand } from '../command.js';
import { withJson, withPlugins } from '../../options/shared.js';

export const listCommand = defineCommand({
  command: 'list <what> [model]',
  describe: 'List plugins of a kind, or the layers of a model',
  builder: (yargs) =>
    withPlugins(withJson(yargs))
      .positional('what', {
        choices: [...SEAM_NAMES, 'layers', 'models'] as const,
        demandOption: true,
        describe: 'What to list',
      })
      .positional('model', {
        type: 'string',
        describe: 'For layers: backend:model, e.g. onnx:nets/alexnet.onnx',
      })
      .option('options', {
        type: 'string',
        default: '{}',
        describe: "For layers: the backend's options, as JSON",
      })
      .example('$0 list layers onnx:net.onnx', ''),
  load: async () => (await import('./run.js')).runList,
});
