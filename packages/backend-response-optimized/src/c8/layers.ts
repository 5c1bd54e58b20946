// The parameters of a core, block by block, with their first content.

import { parameter, randomFrom, tensor, type Parameter, type Tensor } from '@striate/compute';
import type { Block, C8CoreOptions } from './architecture.js';
import { groupFilters, liftingFilters, type FilterBank } from './filters.js';

export interface Layer extends Block {
  readonly filters: FilterBank;
  /** [out field, in field, free number]. */
  readonly weights: Parameter;
  /** [field] each: of batch normalisation. */
  readonly scale: Parameter;
  readonly bias: Parameter;
  readonly mean: Parameter;
  readonly variance: Parameter;
}

/** Filters are normal numbers; normalisation begins as none. The first layer reads `inChannels`. */
export function openLayers(
  { nFields, blocks }: C8CoreOptions,
  inChannels: number,
  seed: number,
): readonly Layer[] {
  const random = randomFrom(seed);
  const perField = (value: number) => tensor('float32', [nFields], new Float32Array(nFields).fill(value));
  return blocks.map((block, i) => {
    const sizes = { outFields: nFields, kernelSize: block.kernelSize };
    const filters =
      i === 0
        ? liftingFilters({ ...sizes, inFields: inChannels })
        : groupFilters({ ...sizes, inFields: nFields });
    const open = (what: string, content: Tensor<'float32'>) =>
      parameter(`core/block${i + 1}/${what}`, content);
    return {
      ...block,
      filters,
      weights: open('weights', random.normal(filters.weightShape, filters.initialSd)),
      scale: open('scale', perField(1)),
      bias: open('bias', perField(0)),
      mean: open('mean', perField(0)),
      variance: open('variance', perField(1)),
    };
  });
}
