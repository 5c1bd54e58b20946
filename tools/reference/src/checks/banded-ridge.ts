import { matrix, type Matrix } from '@striate/compute';
import { labelled, type StimulusByVoxel } from '@striate/contracts';
import { fitBandedRidge, parseBandedRidgeOptions } from '@striate/readouts/banded-ridge';
import { createRidgeEngine, type RidgeEngine } from '@striate/readouts/ridge';
import { scoreR2, splitR2 } from '@striate/scoring';
import { inputOf, type Check, type Precision } from '../check.js';
import type { ReferenceCase } from '../reference-case.js';

const SPACES = ['a', 'b'] as const;

/** Ridge with one given penalty per feature space, and R2 of the training responses divided between the spaces. */
export const bandedRidge: Check = {
  prefix: 'banded-ridge',
  inputs: ['features_a', 'features_b', 'responses', 'penalties'],
  outputs: /^(coef_(a|b)|r2_joint|r2_split)$/,
  async compute(given, precision) {
    const spaces = SPACES.map((space) => matrixOf(given, `features_${space}`, precision));
    const responses = matrixOf(given, 'responses', precision);
    const engine = createRidgeEngine();
    try {
      const weights = await fitAt(
        engine,
        spaces,
        responses,
        [...given.arrays.get('penalties')!.data],
        precision,
      );
      const parts: StimulusByVoxel[] = [];
      for (const [i, x] of spaces.entries()) parts.push(asRows(await engine.algebra.product(x, weights[i])));
      const sum = parts[0].data.map((value, i) => value + parts[1].data[i]);
      const scored = { predictions: { ...parts[0], data: sum }, responses: asRows(responses) };
      const split = splitR2(scored, { a: parts[0], b: parts[1] });
      return {
        coef_a: weights[0].data,
        coef_b: weights[1].data,
        r2_joint: scoreR2(scored).values,
        r2_split: Float64Array.from([...split['a'], ...split['b']]),
      };
    } finally {
      await engine.dispose();
    }
  },
};

/** Penalties a_b are one penalty a at the ratios a / a_b, which add up to 1 for a = 1 / sum(1 / a_b). */
async function fitAt(
  engine: RidgeEngine,
  [a, b]: readonly Matrix[],
  responses: Matrix,
  penalties: readonly number[],
  precision: Precision,
): Promise<readonly Matrix[]> {
  const alpha = 1 / penalties.reduce((sum, penalty) => sum + 1 / penalty, 0);
  const options = parseBandedRidgeOptions({ alphas: [alpha], intercept: false, precision });
  const ratios = [Float64Array.from(penalties, (penalty) => alpha / penalty)];
  return (await fitBandedRidge(engine, { a, b }, responses, options, { ratios })).weights;
}

function matrixOf(given: ReferenceCase, name: string, precision: Precision): Matrix {
  const { shape, data } = inputOf(given, name, precision);
  return matrix(shape[0], shape[1], data);
}

function asRows({ rows, columns, data }: Matrix): StimulusByVoxel {
  return labelled(['stimulus', 'voxel'], [rows, columns], data);
}
