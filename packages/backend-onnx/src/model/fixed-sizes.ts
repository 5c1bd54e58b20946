// Sizes that a file computes when it is run, as constants. An exported model is shown one image of one size, so that
// they are always the same; and what is computed from them has a shape that is known.

import {
  encodeModel,
  encodeTensor,
  findDependents,
  listNamesRead,
  openSession,
  tapLayers,
  type OnnxModel,
  type Tensor,
} from '@striate/compute';
import type { Network } from './network.js';
import { findShown } from './shown.js';

/**
 * Compute whatever depends on the size of the image alone, once, and put it in as constants.
 *
 * @param model Cut to what is needed: everything that depends on the image's size is computed.
 * @param image What the input is to be shown; what it shows makes no difference.
 * @returns The model itself if it reads no sizes.
 * @throws {DataError} `STRIATE_ONNX_MALFORMED` if ONNX Runtime refuses the graph.
 */
export async function fixSizes(
  model: OnnxModel,
  image: Tensor,
  { id, input, session: options }: Network,
): Promise<OnnxModel> {
  const sizes = listSizesRead(model, input);
  if (sizes.length === 0) return model;
  const session = await openSession(encodeModel(tapLayers(model, sizes, id)), options);
  try {
    return replaceValues(model, await session.run({ [input]: image }));
  } finally {
    await session.dispose();
  }
}

/** Values that the image's size decides and what it shows does not, where a node reads them beside what it shows. */
function listSizesRead({ graph }: OnnxModel, image: string): readonly string[] {
  const shown = findShown(graph, image);
  const all = findDependents(graph, [image]);
  const names = graph.node
    .filter((node) => node.output.some((name) => shown.has(name)))
    .flatMap(listNamesRead)
    .filter((name) => all.has(name) && !shown.has(name));
  return [...new Set(names)];
}

function replaceValues(model: OnnxModel, values: Readonly<Record<string, Tensor>>): OnnxModel {
  const { graph } = model;
  const constants = Object.entries(values).map(([name, value]) => encodeTensor(value, name));
  return {
    ...model,
    graph: {
      ...graph,
      node: graph.node.filter((node) => !node.output.some((name) => name in values)),
      initializer: [...graph.initializer, ...constants],
    },
  };
}
