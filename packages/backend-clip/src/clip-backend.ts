// The image encoders of CLIP by block, whatever their exporter called things.

import {
  locateModel,
  nameModel,
  ONNX_READERS,
  openNetwork,
  preprocessingOfFolder,
  readModelsFolder,
  type NetworkDescription,
  type NetworkRequest,
} from '@striate/backend-onnx';
import { optionsParser, type Backend, type OptionsOf } from '@striate/contracts';
import { nameLayers } from './structure/name-layers.js';
import { describeDimensions, recogniseClip, type Structure } from './structure/recognise.js';
import { publishedCard, VARIANTS, type Variant } from './variants.js';

const READERS = { ...ONNX_READERS, modelsFolder: readModelsFolder };

export type ClipOptions = OptionsOf<typeof READERS>;

/** Create the backend `clip`. */
export function createClipBackend(): Backend<ClipOptions> {
  return {
    specVersion: 'v1',
    id: 'clip',
    title: 'CLIP, image encoders',
    offers: ['frozen-encoder'],
    listModels: () => VARIANTS.map(publishedCard),
    parseOptions: optionsParser('clip', READERS),
    async doLoad(model, options, context) {
      const variant = VARIANTS.find(({ id, hubName }) => model === id || model === hubName);
      const located = await locateModel({
        ...{ backend: 'clip', model, network: 'vision_model', combined: 'model' },
        ...(variant && { hubName: variant.hubName }),
        companions: ['preprocessor_config.json'],
        ...{ modelsFolder: options.modelsFolder, context },
      });
      const id = variant?.id ?? nameModel(located);
      const preprocessing = await preprocessingOfFolder(located.folder);
      const describe: NetworkRequest['describe'] = ({ graph }, image) => {
        const structure = recogniseClip(graph, image, id, variant);
        return { card: describeCard(structure, variant), preprocessing, ...nameLayers(structure) };
      };
      return openNetwork({ backend: 'clip', id, path: located.path, options, context, describe });
    },
  };
}

/** What it was trained on is known only of published weights. */
function describeCard(structure: Structure, variant: Variant | undefined): NetworkDescription['card'] {
  if (variant) return publishedCard(variant);
  return { title: `Vision transformer of CLIP, ${describeDimensions(structure)}`, family: 'other' };
}
