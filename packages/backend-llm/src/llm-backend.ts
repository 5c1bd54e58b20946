// Language models that read what is said of a stimulus.

import { nameModel } from '@striate/backend-onnx';
import type { Backend } from '@striate/contracts';
import { locateLanguageModel } from './model/locate.js';
import { openModel } from './model/open.js';
import { parseLlmOptions, type LlmOptions } from './options.js';
import { findPublished, PUBLISHED } from './published.js';

/** Create the backend `llm`. */
export function createLlmBackend(): Backend<LlmOptions> {
  return {
    specVersion: 'v1',
    id: 'llm',
    title: 'Language models that read captions, or grids of captions',
    offers: ['frozen-encoder'],
    listModels: () => PUBLISHED.map(({ card }) => card),
    parseOptions: parseLlmOptions,
    async doLoad(model, options, context) {
      const published = findPublished(model);
      const { modelsFolder } = options;
      const located = await locateLanguageModel(model, published, { modelsFolder, context });
      const id = published?.card.id ?? nameModel(located);
      return openModel({ id, ...located, published, options, context });
    },
  };
}
