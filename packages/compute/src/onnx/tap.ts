// Tapping: the same network, cut where its layers are read. A layer is read by making its value an output of the
// graph; whatever no tapped value needs is left out, so that a shallow layer does not pay for the whole network.

import { unknownLayer } from '@striate/contracts';
import { listNamesRead } from './names-read.js';
import type { OnnxGraph, OnnxModel } from './model.js';

/**
 * Make layers the outputs of a model, and cut off what none of them needs.
 *
 * @param model  Left as it is; weights are shared, not copied.
 * @param layers Names of values that nodes make, each once; the outputs come in this order.
 * @param name   What the model is called, for messages.
 * @returns A model that computes these values and nothing else. Types of outputs that the file does not state are left
 *   for the runtime to infer.
 * @throws {UsageError} `STRIATE_UNKNOWN_LAYER` if no node makes a value of that name.
 */
export function tapLayers(model: OnnxModel, layers: readonly string[], name: string): OnnxModel {
  const { graph } = model;
  assertMade(graph, layers, name);
  const { nodes, needed } = cutGraph(graph, layers);
  const declared = new Map([...graph.valueInfo, ...graph.output].map((info) => [info.name, info]));
  const tapped: OnnxGraph = {
    ...graph,
    node: nodes,
    initializer: graph.initializer.filter((weight) => needed.has(weight.name ?? '')),
    input: graph.input.filter((input) => needed.has(input.name)),
    output: layers.map((layer) => declared.get(layer) ?? { name: layer }),
    valueInfo: graph.valueInfo.filter((info) => needed.has(info.name) && !layers.includes(info.name)),
  };
  return { ...model, graph: tapped };
}

function assertMade(graph: OnnxGraph, layers: readonly string[], model: string): void {
  const known = graph.node.flatMap((node) => node.output).filter((output) => output !== '');
  const made = new Set(known);
  for (const layer of layers) if (!made.has(layer)) throw unknownLayer({ model, layer, known });
}

/** Walks from the last node to the first: nodes stand in the file behind what they read. */
function cutGraph(graph: OnnxGraph, layers: readonly string[]) {
  const needed = new Set(layers);
  const nodes: OnnxGraph['node'] = [];
  for (const node of [...graph.node].reverse()) {
    if (!node.output.some((output) => needed.has(output))) continue;
    nodes.push(node);
    for (const name of listNamesRead(node)) needed.add(name);
  }
  return { nodes: nodes.reverse(), needed };
}
