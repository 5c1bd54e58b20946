// Which ResNet a graph is, and how much of it: stages from blocks, the variant from the numbers of blocks.

import { wireGraph, type Wiring } from '@striate/backend-onnx';
import type { OnnxGraph } from '@striate/compute';
import { notOfFamily } from '@striate/contracts';
import { VARIANTS, type Variant } from '../variants.js';
import { findBlocks, type Block } from './blocks.js';

export interface Structure {
  /** Blocks by stage; the last stage, or the last blocks of it, may be cut off. */
  readonly stages: readonly (readonly Block[])[];
  /** Variants that it may be: several where too much is cut off to tell. */
  readonly variants: readonly Variant[];
  readonly wiring: Wiring;
}

/**
 * Recognise a ResNet by its residual blocks, whatever its values are called.
 *
 * @param image    Input that takes the image.
 * @param model    For messages.
 * @param expected The variant that it has to be, if one was asked for.
 * @throws {DataError} `STRIATE_NOT_OF_FAMILY` with the blocks that were found.
 */
export function recogniseResnet(
  graph: OnnxGraph,
  image: string,
  model: string,
  expected?: Variant,
): Structure {
  const wiring = wireGraph(graph, image);
  const stages = splitIntoStages(findBlocks(wiring));
  const candidates = VARIANTS.filter((variant) => mayBe(variant, stages));
  const variants = preferComplete(candidates, stages);
  const fits = expected ? candidates.includes(expected) : variants.length > 0;
  if (fits) return { stages, variants: expected ? [expected] : variants, wiring };
  const known = expected ? [expected] : VARIANTS;
  throw notOfFamily({
    model,
    family: expected?.title ?? 'ResNet',
    reason: `its residual blocks per stage are ${describeCounts(stages)}; ${known.map(describeVariant).join(', ')}`,
  });
}

/** A stage begins where the shortcut has a convolution; the first block begins the first in any case. */
function splitIntoStages(blocks: readonly Block[]): readonly Block[][] {
  const stages: Block[][] = [];
  for (const block of blocks) {
    if (stages.length === 0 || block.isProjected) stages.push([]);
    stages[stages.length - 1].push(block);
  }
  return stages;
}

function mayBe({ kind, blocks }: Variant, stages: readonly (readonly Block[])[]): boolean {
  return (
    stages.length > 0 &&
    stages.length <= blocks.length &&
    stages.flat().every((block) => block.kind === kind) &&
    stages.every((stage, i) =>
      i === stages.length - 1 ? stage.length <= blocks[i] : stage.length === blocks[i],
    )
  );
}

/** Whole stages speak for the variant that has them. */
function preferComplete(
  candidates: readonly Variant[],
  stages: readonly (readonly Block[])[],
): readonly Variant[] {
  const complete = candidates.filter(({ blocks }) => stages.at(-1)?.length === blocks[stages.length - 1]);
  return complete.length > 0 ? complete : candidates;
}

function describeCounts(stages: readonly (readonly Block[])[]): string {
  const counts = stages.map((stage) => stage.length).join(', ') || 'none';
  const kinds = new Set(stages.flat().map((block) => block.kind));
  return kinds.size === 0 ? counts : `${counts} (${[...kinds].join(' and ')})`;
}

const describeVariant = ({ title, blocks, kind }: Variant) => `${title} has ${blocks.join(', ')} (${kind})`;

/** Say what it is, and what of it is there: `ResNet-50, stages 1 to 3 of 4`. */
export function describeStructure({ stages, variants }: Structure): string {
  const title = variants.map((variant) => variant.title).join(' or ');
  const { blocks } = variants[0];
  const last = stages.length - 1;
  const isWholeStage = stages[last].length === blocks[last];
  if (isWholeStage && stages.length === blocks.length) return title;
  const cut = isWholeStage ? '' : `, of the last ${stages[last].length} of ${blocks[last]} blocks`;
  return `${title}, ${last === 0 ? 'stage 1' : `stages 1 to ${last + 1}`} of ${blocks.length}${cut}`;
}
