// The blocks of a transformer, by the form of its graph: each attends once, and between the attention of one block and
// that of the next the last bottleneck is what the one hands on to the other. Holds for normalisation in front of the
// branches (CLIP, GPT-2) and behind the sums (BERT, MPNet).

import { listNamesRead, tapLayers, type OnnxGraph, type OnnxModel, type OnnxNode } from '@striate/compute';
import { findBottlenecks, followStream } from './bottlenecks.js';

const PASSES_ON = /^(Identity|Cast|Reshape|Flatten|Squeeze|Unsqueeze)$/;

/**
 * Find what the blocks of a transformer hand on.
 *
 * @param ids    Input that takes the ids of the tokens.
 * @param output A value behind the blocks.
 * @param name   What the model is called, for messages.
 * @returns Names of values [text, token, feature], first block first; none if the graph is not of this form.
 */
export function findBlocks(model: OnnxModel, ids: string, output: string, name: string): readonly string[] {
  const { graph } = tapLayers(model, [output], name);
  const tokens = findTokenVectors(graph, ids);
  if (tokens === undefined) return [];
  const stream = followStream(graph, tokens);
  const attentions = stream.flatMap(({ opType }, place) => (opType === 'Softmax' ? [place] : []));
  const bottlenecks = findBottlenecks(stream);
  // The bottlenecks between one attention and the next; the last block has as many as the others.
  const spans = attentions.map((start, i) =>
    bottlenecks.filter(({ place }) => place > start && place < (attentions[i + 1] ?? Infinity)),
  );
  const nSteps = spans[0]?.length ?? 0;
  const isRegular = spans.every((span, i) =>
    i < spans.length - 1 ? span.length === nSteps : span.length >= nSteps,
  );
  return spans.length > 1 && nSteps > 0 && isRegular ? spans.map((span) => span[nSteps - 1].value) : [];
}

/** The vectors that the tokens are looked up as. */
function findTokenVectors(graph: OnnxGraph, ids: string): string | undefined {
  const forms = new Set([ids]);
  for (const node of graph.node) {
    if (node.opType === 'Gather' && forms.has(node.input[1])) return node.output[0];
    if (passesOn(node, forms)) forms.add(node.output[0]);
  }
  return undefined;
}

function passesOn(node: OnnxNode, forms: ReadonlySet<string>): boolean {
  return PASSES_ON.test(node.opType) && listNamesRead(node).some((name) => forms.has(name));
}
