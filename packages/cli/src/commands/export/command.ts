import { defineCommand } from '../command.js';
import { withJson, withStore, withVariables } from '../../options/shared.js';

export const exportCommand = defineCommand({
  command: 'export <config>',
  describe: 'Fit one model of a comparison on all stimuli, and write image-to-responses as one ONNX file',
  builder: (yargs) =>
    withJson(withVariables(withStore(yargs)))
      .positional('config', { type: 'string', demandOption: true, describe: 'A YAML or JSON file' })
      .option('onnx', {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        describe: 'The file to write',
      })
      .option('predictions', {
        type: 'boolean',
        default: false,
        describe:
          'Also write what the pipeline predicts, to compare with: .predictions.npy and .predictions.ids.txt',
      })
      .option('model', {
        type: 'string',
        requiresArg: true,
        describe: 'Name of the model or union, if there are several',
      })
      .option('layer', { type: 'string', requiresArg: true, describe: 'Its layer, if there are several' })
      .option('readout', {
        type: 'string',
        requiresArg: true,
        describe: 'Name of the readout, if there are several',
      })
      .option('subject', { type: 'string', requiresArg: true, describe: 'The subject, if there are several' })
      .example('$0 export v4.yaml --model resnet50 --layer stage2 --readout ridge --onnx v4.onnx', ''),
  load: async () => (await import('./run.js')).runExport,
});
