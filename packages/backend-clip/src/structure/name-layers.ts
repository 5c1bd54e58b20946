// The layers of CLIP's image encoder under names that are the same for every file. A graph keeps tokens, [stimulus,
// token, feature]; what is read of them is the map that the patches form, and the class token.

import type { AddedNodes, NamedLayer } from '@striate/backend-onnx';
import { encodeTensor, tensor, type OnnxNode, type OnnxTensor } from '@striate/compute';
import type { Structure } from './recognise.js';

export interface Layers {
  readonly layers: readonly NamedLayer[];
  /** Nodes that make the maps and the class tokens. */
  readonly added: AddedNodes;
}

/**
 * Name the layers, in order of computation: `patches`, `block1`, `block1_class`, ..., `embedding`. The names of
 * transformers and of open_clip are taken as well.
 */
export function nameLayers({ stream, embedding, grid }: Structure): Layers {
  const { start, isNormalised, blocks } = stream;
  const aliases = isNormalised ? ['vision_model.pre_layrnorm', 'visual.ln_pre'] : ['vision_model.embeddings'];
  const made = [
    readMap('patches', start, aliases),
    ...blocks.flatMap((value, i) => [
      readMap(`block${i + 1}`, value, [
        `vision_model.encoder.layers.${i}`,
        `visual.transformer.resblocks.${i}`,
      ]),
      readClass(`block${i + 1}_class`, value),
    ]),
  ];
  const last = {
    name: 'embedding',
    value: embedding,
    aliases: ['image_embeds', 'visual_projection', 'visual'],
  };
  return {
    layers: [...made.map(({ layer }) => layer), last],
    added: { node: made.flatMap(({ nodes }) => nodes), initializer: constantsOf(grid) },
  };
}

interface MadeLayer {
  readonly layer: NamedLayer;
  readonly nodes: readonly OnnxNode[];
}

/** Values and constants of our own begin so, that they meet none of the file's. */
const OWN = 'striate/';
const CLASS_TOKEN = `${OWN}class-token`;
const PATCH_TOKENS = `${OWN}patch-tokens`;
const MAP_SHAPE = `${OWN}map-shape`;

/** Positions of tokens; a map takes the sizes 0, stimuli and features, from what it is made of. */
function constantsOf([height, width]: Structure['grid']): readonly OnnxTensor[] {
  const integers = (name: string, shape: readonly number[], values: readonly number[]) =>
    encodeTensor(tensor('int64', shape, BigInt64Array.from(values, BigInt)), name);
  const places = Array.from({ length: height * width }, (_, i) => i + 1);
  return [
    integers(CLASS_TOKEN, [], [0]),
    integers(PATCH_TOKENS, [places.length], places),
    integers(MAP_SHAPE, [4], [0, 0, height, width]),
  ];
}

/** [stimulus, token, feature] → [stimulus, feature, height, width] */
function readMap(name: string, value: string, aliases: readonly string[]): MadeLayer {
  const [patches, turned, map] = ['patches', 'turned', 'map'].map((step) => `${OWN}${name}/${step}`);
  const nodes = [
    gather(value, PATCH_TOKENS, patches),
    {
      opType: 'Transpose',
      input: [patches],
      output: [turned],
      attribute: [{ name: 'perm', type: INTS, ints: [0, 2, 1] }],
    },
    { opType: 'Reshape', input: [turned, MAP_SHAPE], output: [map] },
  ];
  return { layer: { name, value: map, aliases }, nodes };
}

/** [stimulus, token, feature] → [stimulus, feature] */
function readClass(name: string, value: string): MadeLayer {
  const token = `${OWN}${name}/token`;
  return { layer: { name, value: token }, nodes: [gather(value, CLASS_TOKEN, token)] };
}

/** ONNX's numbers for kinds of attributes. */
const INT = 2;
const INTS = 7;

const gather = (value: string, places: string, output: string): OnnxNode => ({
  opType: 'Gather',
  input: [value, places],
  output: [output],
  attribute: [{ name: 'axis', type: INT, i: 1 }],
});
