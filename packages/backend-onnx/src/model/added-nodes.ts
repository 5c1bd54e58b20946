import type { OnnxModel, OnnxNode, OnnxTensor } from '@striate/compute';

/** Nodes that are put behind those of a file, with the constants that they read. Names must be new to the file. */
export interface AddedNodes {
  readonly node: readonly OnnxNode[];
  readonly initializer: readonly OnnxTensor[];
}

/** Put nodes behind those of a model, which is left as it is. */
export function addNodes(model: OnnxModel, { node, initializer }: AddedNodes): OnnxModel {
  const { graph } = model;
  return {
    ...model,
    graph: {
      ...graph,
      node: [...graph.node, ...node],
      initializer: [...graph.initializer, ...initializer],
    },
  };
}
