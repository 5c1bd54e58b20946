// Every operator that graphs may be built of, under its ONNX name. Adding one: see docs/compute.md.

import type { Operator } from '../operator.js';
import { convolutionOperators } from './convolution.js';
import { einsumOperators } from './einsum.js';
import { elementwiseOperators } from './elementwise.js';
import { gatheringOperators } from './gathering.js';
import { movementOperators } from './movement.js';
import { normalisationOperators } from './normalisation.js';
import { poolingOperators } from './pooling.js';
import { productOperators } from './product.js';
import { quantisedOperators } from './quantised.js';
import { reductionOperators } from './reduction.js';
import { reshapingOperators } from './reshaping.js';
import { resizeOperators } from './resize.js';
import { samplingOperators } from './sampling.js';

export * from './convolution.js';
export { Einsum } from './einsum.js';
export * from './elementwise.js';
export * from './gathering.js';
export * from './movement.js';
export * from './normalisation.js';
export * from './pooling.js';
export * from './product.js';
export * from './quantised.js';
export * from './reduction.js';
export * from './reshaping.js';
export * from './resize.js';
export * from './sampling.js';

/** By name, for reading files. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  [
    ...convolutionOperators,
    ...einsumOperators,
    ...elementwiseOperators,
    ...gatheringOperators,
    ...movementOperators,
    ...normalisationOperators,
    ...poolingOperators,
    ...productOperators,
    ...quantisedOperators,
    ...reductionOperators,
    ...reshapingOperators,
    ...resizeOperators,
    ...samplingOperators,
  ].map((operator) => [operator.type, operator]),
);
