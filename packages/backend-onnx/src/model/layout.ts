// Which maps of a graph keep their channels last. Convolutions and pools of ONNX keep them first by definition; a
// transposition swaps; everything else hands on what it got. Networks exported from TensorFlow mix both.

import { toNumber, type OnnxGraph, type OnnxNode } from '@striate/compute';
import { wireGraph } from './wiring.js';

type Layout = 'nchw' | 'nhwc';

const CHANNELS_FIRST_OPERATORS =
  /^(Conv|ConvTranspose|ConvInteger|QLinearConv|(Global)?(Average|Max|Lp)Pool|BatchNormalization|InstanceNormalization|LRN)$/;

const SWAPS: Readonly<Record<string, readonly [from: Layout, to: Layout] | undefined>> = {
  '0,2,3,1': ['nchw', 'nhwc'],
  '0,3,1,2': ['nhwc', 'nchw'],
};

/** Find the values [batch, height, width, channel], given the layout of the image. */
export function findChannelsLast(graph: OnnxGraph, image: string, layout: Layout): ReadonlySet<string> {
  const layouts = new Map<string, Layout>([[image, layout]]);
  for (const node of graph.node) {
    const made = findLayout(node, layouts);
    if (made) for (const output of node.output) layouts.set(output, made);
  }
  return new Set([...layouts].filter(([, value]) => value === 'nhwc').map(([name]) => name));
}

/** Do operators read the image that keep channels first by definition? Some files say no size of their input. */
export function readsChannelsFirst(graph: OnnxGraph, image: string): boolean {
  const readers = wireGraph(graph, image).readers(image);
  return readers.length > 0 && readers.every(({ opType }) => CHANNELS_FIRST_OPERATORS.test(opType));
}

function findLayout(node: OnnxNode, layouts: ReadonlyMap<string, Layout>): Layout | undefined {
  if (CHANNELS_FIRST_OPERATORS.test(node.opType)) return 'nchw';
  const read = node.input.map((name) => layouts.get(name)).find((layout) => layout !== undefined);
  if (node.opType !== 'Transpose') return read;
  const swap = SWAPS[readPermutation(node)];
  return swap?.[0] === read ? swap?.[1] : undefined;
}

function readPermutation(node: OnnxNode): string {
  const permutation = node.attribute?.find((attribute) => attribute.name === 'perm');
  return (permutation?.ints ?? []).map(toNumber).join(',');
}
