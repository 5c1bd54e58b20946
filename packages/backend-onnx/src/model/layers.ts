// The layers of a network: values that depend on the image and on nothing else that would have to be fed.

import {
  ONNX_FLOAT,
  ONNX_FLOAT16,
  findDependents,
  listDeclaredValues,
  listFedInputs,
  type MeasuredValue,
  type OnnxGraph,
} from '@striate/compute';
import type { LayerInfo } from '@striate/contracts';
import { AXES_BY_RANK } from '../layer-axes.js';
import { findChannelsLast } from './layout.js';

/** A layer under the name that users see, and where it is in the graph. */
export interface NamedLayer {
  readonly name: string;
  /** Name of the value in the graph, or of one that added nodes make; that has its channels first. */
  readonly value: string;
  /** Further names that it may be asked for by. */
  readonly aliases?: readonly string[];
}

export interface TappableLayer extends NamedLayer {
  /** [stimulus, height, width, channel] in the graph; features are always [channel, height, width]. */
  readonly isChannelsLast: boolean;
}

/** List every value of the graph that may be a layer, under its own name, in order of computation. */
export function listOwnLayers(graph: OnnxGraph, image: string): readonly NamedLayer[] {
  const others = listFedInputs(graph).map((input) => input.name);
  const shown = findDependents(graph, [image]);
  const fedOtherwise = findDependents(
    graph,
    others.filter((name) => name !== image),
  );
  const declared = listDeclaredValues(graph);
  return graph.node
    .flatMap((node) => node.output)
    .filter((name) => shown.has(name) && !fedOtherwise.has(name))
    .filter((name) => [0, ONNX_FLOAT, ONNX_FLOAT16].includes(declared.get(name)?.elemType ?? 0))
    .map((name) => ({ name, value: name }));
}

/** Find out which of the layers keep their channels last. */
export function placeChannels(
  layers: readonly NamedLayer[],
  graph: OnnxGraph,
  image: string,
  layout: 'nchw' | 'nhwc',
): readonly TappableLayer[] {
  const channelsLast = findChannelsLast(graph, image, layout);
  return layers.map((layer) => ({ ...layer, isChannelsLast: channelsLast.has(layer.value) }));
}

/** Can a measured value be read per stimulus: floats, a row per stimulus, two to four axes? */
export function isReadable({ dtype, shape }: Omit<MeasuredValue, 'name'>, batchSize: number): boolean {
  const isFloat = dtype === 'float32' || dtype === 'float16';
  return isFloat && shape[0] === batchSize && AXES_BY_RANK[shape.length] !== undefined;
}

/** Describe the layers that can be read, numbered in order of computation. */
export function describeLayers(
  layers: readonly TappableLayer[],
  measured: readonly MeasuredValue[],
  batchSize: number,
): readonly LayerInfo[] {
  return layers
    .map((layer, i) => ({ layer, value: measured[i] }))
    .filter(({ value }) => isReadable(value, batchSize))
    .map(({ layer, value }, depth) => ({
      name: layer.name,
      ...(layer.aliases?.length ? { aliases: layer.aliases } : {}),
      axes: AXES_BY_RANK[value.shape.length]!,
      shape: rowShape(value.shape, layer.isChannelsLast),
      depth,
    }));
}

function rowShape([, ...row]: readonly number[], isChannelsLast: boolean): readonly number[] {
  if (!isChannelsLast || row.length !== 3) return row;
  const [height, width, channel] = row;
  return [channel, height, width];
}
