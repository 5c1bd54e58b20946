import { labelled, rowsInMemory } from '@striate/contracts';
import { compareRdms, computeRdm, computeRdmOfArray } from '@striate/scoring';
import { inputOf, type Check, type Precision } from '../check.js';
import type { ReferenceCase } from '../reference-case.js';

/** RDMs of two sets of patterns [stimulus, feature], and how they compare. */
export const rsa: Check = {
  prefix: 'rsa',
  inputs: ['a', 'b'],
  outputs: /^(rdm_a|rdm_b|spearman|kendall_tau_a|kendall_tau_b|pearson)$/,
  async compute(given, precision) {
    const a = await rdmOf(given, 'a', precision);
    const b = await rdmOf(given, 'b', precision);
    return {
      rdm_a: a,
      rdm_b: b,
      spearman: [compareRdms(a, b, { comparison: 'spearman' })],
      kendall_tau_a: [compareRdms(a, b, { comparison: 'kendall-a' })],
      kendall_tau_b: [compareRdms(a, b, { comparison: 'kendall' })],
      pearson: [compareRdms(a, b, { comparison: 'pearson' })],
    };
  },
};

/** In float32 by the streamed way that features of networks take, in float64 by that of arrays in memory. */
function rdmOf(given: ReferenceCase, name: string, precision: Precision): Promise<Float64Array> {
  const { shape, data } = inputOf(given, name, precision);
  const [nStimuli, nFeatures] = shape;
  if (precision === 'float64') {
    return computeRdmOfArray(labelled(['stimulus', 'feature'], [nStimuli, nFeatures], data));
  }
  const ids = Array.from({ length: nStimuli }, (_, i) => `stimulus ${i}`);
  return computeRdm(rowsInMemory(ids, ['feature'], [nFeatures], data));
}
