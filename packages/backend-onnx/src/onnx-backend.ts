// Any ONNX file as a backend: its layers are its own values, by the names they have in the file.

import { basename, resolve } from 'node:path';
import { optionsParser, type Backend } from '@striate/contracts';
import { openNetwork } from './model/open-network.js';
import { ONNX_READERS, type OnnxOptions } from './options/onnx-options.js';

/** Create the backend `onnx`; a model is the path of a `.onnx` file. */
export function createOnnxBackend(): Backend<OnnxOptions> {
  return {
    specVersion: 'v1',
    id: 'onnx',
    title: 'Any ONNX file',
    offers: ['frozen-encoder'],
    listModels: () => [],
    parseOptions: optionsParser('onnx', ONNX_READERS),
    async doLoad(model, options, context) {
      const path = resolve(context.baseFolder, model);
      const id = basename(path).replace(/\.onnx$/i, '');
      const describe = () => ({ card: { title: id, family: 'other' } }) as const;
      return openNetwork({ backend: 'onnx', id, path, options, context, describe });
    },
  };
}
