// ResNets by stage and block, whatever their exporter called things.

import { join } from 'node:path';
import {
  locateModel,
  nameModel,
  ONNX_READERS,
  openNetwork,
  preprocessingOfFolder,
  readJson,
  readModelsFolder,
  type LocatedModel,
  type NetworkDescription,
  type NetworkRequest,
} from '@striate/backend-onnx';
import { notOfFamily, optionsParser, type Backend, type OptionsOf } from '@striate/contracts';
import { nameLayers } from './structure/name-layers.js';
import { describeStructure, recogniseResnet, type Structure } from './structure/recognise.js';
import { publishedCard, VARIANTS, type Variant } from './variants.js';

const READERS = { ...ONNX_READERS, modelsFolder: readModelsFolder };

export type ResnetOptions = OptionsOf<typeof READERS>;

/** Create the backend `resnet`. */
export function createResnetBackend(): Backend<ResnetOptions> {
  return {
    specVersion: 'v1',
    id: 'resnet',
    title: 'ResNet-18, -34, -50 and -101',
    offers: ['frozen-encoder'],
    listModels: () => VARIANTS.map(publishedCard),
    parseOptions: optionsParser('resnet', READERS),
    async doLoad(model, options, context) {
      const variant = VARIANTS.find((each) => each.id === model);
      const located = await locateModel({
        ...{ backend: 'resnet', model, network: 'model' },
        ...(variant && { hubName: variant.hubName }),
        companions: ['config.json', 'preprocessor_config.json'],
        ...{ modelsFolder: options.modelsFolder, context },
      });
      const { path } = located;
      const id = variant?.id ?? nameModel(located);
      await refuseOtherFamily(located, id);
      const preprocessing = await preprocessingOfFolder(located.folder);
      const describe: NetworkRequest['describe'] = (network, image) => {
        const structure = recogniseResnet(network.graph, image, id, variant);
        return { card: describeCard(structure, variant), layers: nameLayers(structure), preprocessing };
      };
      return openNetwork({ backend: 'resnet', id, path, options, context, describe });
    },
  };
}

/** What it was trained on is known only of published weights. */
function describeCard(structure: Structure, variant: Variant | undefined): NetworkDescription['card'] {
  const title = describeStructure(structure);
  return variant ? { ...publishedCard(variant), title } : { title, family: 'other' };
}

async function refuseOtherFamily({ folder }: LocatedModel, model: string): Promise<void> {
  if (folder === undefined) return;
  const config = (await readJson(join(folder, 'config.json'))) as { model_type?: string } | undefined;
  if (config?.model_type === undefined || config.model_type === 'resnet') return;
  throw notOfFamily({ model, family: 'ResNet', reason: `its config.json says "${config.model_type}"` });
}
