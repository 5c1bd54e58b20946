// The front of a vision transformer: one convolution cuts the image into patches and makes a token of each, the class
// token is put before them, positions are added.

import type { Wiring } from '@striate/backend-onnx';
import { toNumber, type OnnxGraph, type OnnxNode } from '@striate/compute';
import { follow, type Refuse } from './paths.js';
import { storedShape } from './stored-shape.js';

export interface Patches {
  /** Pixels of a patch. */
  readonly patch: readonly [height: number, width: number];
  /** Numbers per token. */
  readonly width: number;
  /** Tokens, the class token among them. */
  readonly nTokens: number;
  /** Value of the tokens with their positions, [stimulus, token, feature]. */
  readonly tokens: string;
}

const CONVOLUTION = /^(Conv|ConvInteger|QLinearConv|FusedConv)$/;

/** Find the patches and their tokens. */
export function findPatches(graph: OnnxGraph, wiring: Wiring, refuse: Refuse): Patches {
  const convolutions = wiring.nodes.filter((node) => CONVOLUTION.test(node.opType));
  const [convolution] = convolutions;
  if (convolutions.length !== 1)
    return refuse(`it has ${convolutions.length} convolutions, not one that cuts the image into patches`);
  const { patch, width } = readPatch(graph, convolution, refuse);
  const joining = follow(wiring, convolution.output[0], 'Concat');
  if (!joining || !hasClassToken(joining, wiring))
    return refuse('no class token is put before the tokens of its patches');
  const [adding, ...others] = wiring.readers(joining.output[0]);
  const positions = adding?.input.find((name) => wiring.origin(name) !== joining.output[0]);
  if (others.length > 0 || adding?.opType !== 'Add' || positions === undefined)
    return refuse('no positions are added to its tokens');
  const nTokens = storedShape(graph, positions)?.at(-2);
  if (nTokens === undefined) return refuse('the positions of its tokens are not stored');
  return { patch, width, nTokens, tokens: adding.output[0] };
}

function readPatch(
  graph: OnnxGraph,
  convolution: OnnxNode,
  refuse: Refuse,
): Pick<Patches, 'patch' | 'width'> {
  const [width, , ...size] = storedShape(graph, convolution.input[1]) ?? [];
  const [strides, pads] = [readInts(convolution, 'strides'), readInts(convolution, 'pads')];
  const [height, breadth] = size;
  if (
    size.length !== 2 ||
    size.some((pixels, axis) => pixels !== (strides[axis] ?? 1)) ||
    pads.some(Boolean)
  ) {
    const moved = `moves by ${strides.join(' x ')}, with margins of ${pads.join(', ') || 'none'}`;
    return refuse(`its convolution of ${size.join(' x ')} ${moved}, so that it cuts no patches`);
  }
  return { patch: [height, breadth], width };
}

function readInts({ attribute = [] }: OnnxNode, name: string): readonly number[] {
  return (attribute.find((each) => each.name === name)?.ints ?? []).map(toNumber);
}

/** One token that is the same for every image, before those that are not. */
function hasClassToken(joining: OnnxNode, { imageInputs, origin }: Wiring): boolean {
  const [, patches, ...more] = joining.input;
  const [shown, ...others] = imageInputs(joining);
  return more.length === 0 && others.length === 0 && origin(patches) === shown;
}
