// What a core takes and makes, counted without making it.

import type { CoreSize, MapShape } from '@striate/contracts';
import type { C8CoreOptions } from './architecture.js';
import { groupFilters, liftingFilters } from './filters.js';
import { N_ROTATIONS } from './harmonics.js';

/** What the core makes of a map of this size, and what that takes. */
export function measureC8({ nFields, blocks }: C8CoreOptions, [inChannels, ...sizes]: MapShape): CoreSize {
  const channels = N_ROTATIONS * nFields;
  let [height, width] = sizes;
  let [nParameters, nActivations, nOperations] = [0, 0, 0];
  blocks.forEach(({ kernelSize, stride }, i) => {
    const between = { outFields: nFields, kernelSize };
    const { weightShape } =
      i === 0
        ? liftingFilters({ ...between, inFields: inChannels })
        : groupFilters({ ...between, inFields: nFields });
    nParameters += weightShape.reduce((product, size) => product * size, 1) + 2 * nFields;
    nOperations += 2 * height * width * channels * (i === 0 ? inChannels : channels) * kernelSize ** 2;
    nActivations += 3 * channels * height * width; // convolved, normalised, rectified
    if (stride === undefined) return;
    [height, width] = [Math.ceil(height / stride), Math.ceil(width / stride)];
    nActivations += channels * height * width;
  });
  return { map: [channels, height, width], nParameters, nActivations, nOperations };
}

/** The core in words and numbers. */
export function describeC8({ nFields, blocks }: C8CoreOptions): string {
  const sizes = blocks.map(({ kernelSize }) => kernelSize).join(', ');
  const pools = blocks.flatMap(({ stride }, i) => (stride ? [`${stride} behind ${i + 1}`] : []));
  const pooled = pools.length > 0 ? `, blur-pools of stride ${pools.join(', ')}` : '';
  return (
    `CNN equivariant to rotations by 45 degrees: ${blocks.length} convolutions of ${nFields} fields of 8 channels ` +
    `(kernels ${sizes}), each with batch normalisation and ReLU${pooled}`
  );
}
