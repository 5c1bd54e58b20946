// The parameters of a core, block by block, with their first content.

import { parameter, type Parameter, type Tensor } from '@striate/compute';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
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
  const normal = normalNumbers(seed);
  return blocks.map((block, i) => {
    const sizes = { outFields: nFields, kernelSize: block.kernelSize };
    const filters =
      i === 0
        ? liftingFilters({ ...sizes, inFields: inChannels })
        : groupFilters({ ...sizes, inFields: nFields });
    const open = (what: string, shape: readonly number[], draw: () => number) =>
      parameter(`core/block${i + 1}/${what}`, filled(shape, draw));
    return {
      ...block,
      filters,
      weights: open('weights', filters.weightShape, () => filters.initialSd * normal()),
      scale: open('scale', [nFields], () => 1),
      bias: open('bias', [nFields], () => 0),
      mean: open('mean', [nFields], () => 0),
      variance: open('variance', [nFields], () => 1),
    };
  });
}

function filled(shape: readonly number[], draw: () => number): Tensor<'float32'> {
  const count = shape.reduce((product, size) => product * size, 1);
  return { dtype: 'float32', shape, data: Float32Array.from({ length: count }, draw) };
}

/** Standard normal numbers. @source Box & Muller 1958. */
function normalNumbers(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(generator);
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
