// Residual blocks, recognised by their form: a block ends where a shortcut and a residual branch are added. The
// shortcut is the block's input itself, or one convolution of it; the branch has two or three convolutions.

import type { Wiring } from '@striate/backend-onnx';
import type { BlockKind } from '../variants.js';

export interface Block {
  /** Name of the value that the block hands on. */
  readonly output: string;
  /** Name of the value that the block starts from. */
  readonly input: string;
  /** A convolution in the shortcut: sizes change, or a stage begins. */
  readonly isProjected: boolean;
  readonly kind: BlockKind;
}

/** Convolutions that a residual branch has, by kind of block. */
const KINDS: Readonly<Record<number, BlockKind | undefined>> = { 2: 'basic', 3: 'bottleneck' };

const CONVOLUTION = /^(Conv|ConvInteger|QLinearConv|FusedConv)$/;

/** Find the residual blocks of a graph, in order of computation; additions of another form are passed over. */
export function findBlocks(wiring: Wiring): readonly Block[] {
  const sums = wiring.nodes.filter((node) => node.opType === 'Add' || node.opType === 'Sum');
  const blocks = sums.flatMap((node) => {
    const inputs = wiring.imageInputs(node);
    const block = inputs.length === 2 ? readBlock(wiring, inputs[0], inputs[1]) : undefined;
    return block ? [{ ...block, output: node.output[0] }] : [];
  });
  return includeActivations(wiring, blocks);
}

/**
 * In the first version of ResNet, ReLUs alone read the sums, and the blocks end behind them. In the second, sums are
 * read by the next sums too, and are the ends themselves.
 */
function includeActivations(wiring: Wiring, blocks: readonly Block[]): readonly Block[] {
  const activations = blocks.map(({ output }) => wiring.readers(output));
  const isFirstVersion = activations.every((readers) => readers.length === 1 && readers[0].opType === 'Relu');
  return isFirstVersion
    ? blocks.map((block, i) => ({ ...block, output: activations[i][0].output[0] }))
    : blocks;
}

function readBlock(wiring: Wiring, left: string, right: string): Omit<Block, 'output'> | undefined {
  const counts = [countConvolutions(wiring, left), countConvolutions(wiring, right)];
  // The nearest value that both branches come from; distances count convolutions.
  for (const [input, distance] of counts[0]) {
    const other = counts[1].get(input);
    if (other === undefined) continue;
    const kind = KINDS[Math.max(distance, other)];
    const shortcut = Math.min(distance, other);
    if (kind && shortcut <= 1 && distance !== other) return { input, isProjected: shortcut === 1, kind };
  }
  return undefined;
}

/** Values behind a value along its main path, nearest first, with the convolutions between. */
function countConvolutions(wiring: Wiring, from: string): ReadonlyMap<string, number> {
  const distances = new Map<string, number>([[from, 0]]);
  let name = from;
  let convolutions = 0;
  while (convolutions <= 3) {
    const node = wiring.maker(name);
    const inputs = node ? wiring.imageInputs(node) : [];
    if (!node || inputs.length !== 1) break;
    if (CONVOLUTION.test(node.opType)) convolutions++;
    name = inputs[0];
    distances.set(name, convolutions);
  }
  return distances;
}
