// The backend `response-optimized`: networks that are trained from scratch on the responses, together with a readout.

import { openPixels } from '@striate/backend-onnx';
import {
  unknownId,
  unsupported,
  usedAfterDispose,
  type Backend,
  type LoadedModel,
  type ModelCard,
  type TrainableCore,
} from '@striate/contracts';
import { CAPTION_CORE, IMAGE_CORE } from './c8/architecture.js';
import { createC8Core } from './c8/core.js';
import { PAPER, parseResponseOptimizedOptions, type ResponseOptimizedOptions } from './options.js';

const COMMON = {
  family: 'response-optimised',
  trainingData: 'the responses of the comparison',
  citation: 'Saha, Chadha & Khosla 2024, arXiv 2410.14031',
} as const;

const IMAGE: ModelCard = { id: 'c8-image', title: 'C8-equivariant CNN on pixels', ...COMMON };
const CAPTIONS: ModelCard = {
  id: 'c8-captions',
  title: 'C8-equivariant CNN on a grid of captions',
  ...COMMON,
};

/** Create the backend `response-optimized`. */
export function createResponseOptimizedBackend(): Backend<ResponseOptimizedOptions> {
  return {
    specVersion: 'v1',
    id: 'response-optimized',
    title: 'CNNs equivariant to rotations, trained on the responses together with a readout',
    offers: ['trainable-core'],
    listModels: () => [IMAGE, CAPTIONS],
    parseOptions: parseResponseOptimizedOptions,
    async doLoad(model, { fields: nFields, preprocessing }) {
      if (model === IMAGE.id)
        return openPixels(IMAGE, [...PAPER, preprocessing], createC8Core({ ...IMAGE_CORE, nFields }));
      if (model === CAPTIONS.id) return coreAlone(CAPTIONS, createC8Core({ ...CAPTION_CORE, nFields }));
      throw unknownId({
        seam: 'model of the backend "response-optimized"',
        id: model,
        known: [IMAGE.id, CAPTIONS.id],
      });
    },
  };
}

/** A core that stands behind the layers of another model, and has none of its own. */
function coreAlone(card: ModelCard, core: TrainableCore): LoadedModel {
  let isDisposed = false;
  const refuse = () => {
    if (isDisposed) throw usedAfterDispose(`Model "${card.id}"`);
    return unsupported({
      who: `Model "${card.id}"`,
      what: 'be shown a stimulus: it reads the layers of another model',
      hint: `Name it there: { backend: ..., model: ..., core: { backend: response-optimized, model: ${card.id} } }.`,
    });
  };
  return {
    ...{ card, core, fingerprint: core.fingerprint, needs: 'id' },
    listLayers: () => Promise.reject(refuse()),
    checkStimuli: () => Promise.reject(refuse()),
    doExtract() {
      throw refuse();
    },
    async dispose() {
      isDisposed = true;
    },
  };
}
