// One rule per operator. A rule that is missing is a typed error where it is needed.

import type { Rules } from '../rule.js';
import { convolutionRules } from './convolution.js';
import { einsumRules } from './einsum.js';
import { elementwiseRules } from './elementwise.js';
import { movementRules } from './movement.js';
import { normalisationRules } from './normalisation.js';
import { poolingRules } from './pooling.js';
import { productRules } from './product.js';
import { reductionRules } from './reduction.js';
import { resizeRules } from './resize.js';
import { samplingRules } from './sampling.js';

export const RULES: Rules = {
  ...convolutionRules,
  ...einsumRules,
  ...elementwiseRules,
  ...movementRules,
  ...normalisationRules,
  ...poolingRules,
  ...productRules,
  ...reductionRules,
  ...resizeRules,
  ...samplingRules,
};
