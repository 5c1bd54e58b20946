// Ridge with one penalty a_b per feature space. With ratios g_b and one penalty a, a_b = a / g_b, it is ridge on features that are
// multiplied by sqrt(g_b): in the primal form the sums of products are scaled, in the kernel form it is the kernel
// sum_b g_b X_b X_b'. Either is prepared once, and serves every ratio.

import { copyBlock, pasteBlock, rowsOf, zeros, type Matrix } from '@striate/compute';
import { standardScale, type RidgeEngine } from '../ridge/fit.js';
import type { DualsOfGroup, WeightsOfGroup } from '../ridge/fitted.js';
import type { FittedVoxels, FormInputs, RidgeForm } from '../ridge/form.js';
import { centringOf, kernelSystems } from '../ridge/kernel.js';
import { openPrimal, primalForm } from '../ridge/primal.js';
import type { RowReader } from '../ridge/rows.js';
import type { Ratios } from './ratios.js';

export interface Band {
  readonly name: string;
  readonly reader: RowReader;
}

export interface BandedInputs extends FormInputs {
  readonly bands: readonly Band[];
  readonly standardise: boolean;
}

export interface BandedForm {
  /** Number of rows of a solution: features of all spaces, or stimuli. */
  readonly size: number;
  /** The systems at some ratios between the penalties. */
  withRatios(ratios: Ratios): Pick<RidgeForm, 'whole' | 'withoutFold'>;
  /**
   * What predicts, per feature space and without the voxels' means.
   *
   * @param solution [size, voxel], each voxel's at its own ratios.
   * @param ratios   Per voxel.
   */
  fitted(
    solution: Matrix,
    ratios: readonly Ratios[],
    voxels: FittedVoxels,
  ): (WeightsOfGroup | DualsOfGroup)[];
}

/** Open the form that is the smaller system. */
export async function openBanded(engine: RidgeEngine, inputs: BandedInputs): Promise<BandedForm> {
  const { bands, rows } = inputs;
  const scales: (Float64Array | undefined)[] = [];
  for (const { reader } of bands)
    scales.push(inputs.standardise ? await standardScale(reader, rows) : undefined);
  const nFeatures = bands.reduce((sum, { reader }) => sum + reader.nFeatures, 0);
  const open = nFeatures <= rows.length ? openBandedPrimal : openBandedKernel;
  return open(engine, inputs, scales);
}

async function openBandedPrimal(
  engine: RidgeEngine,
  inputs: BandedInputs,
  scales: readonly (Float64Array | undefined)[],
): Promise<BandedForm> {
  const { bands } = inputs;
  const x = await readSideBySide(inputs);
  const base = await openPrimal(engine.algebra, x, inputs);
  const starts = bands.map((_, b) =>
    bands.slice(0, b).reduce((sum, { reader }) => sum + reader.nFeatures, 0),
  );
  const factorOf = (ratios: Ratios) => {
    const factors = new Float64Array(x.columns);
    bands.forEach(({ reader }, b) => {
      const root = Math.sqrt(ratios[b]);
      const own = scales[b] ?? new Float64Array(reader.nFeatures).fill(1);
      factors.set(
        own.map((scale) => root * scale),
        starts[b],
      );
    });
    return factors;
  };
  return {
    size: x.columns,
    withRatios: (ratios) => primalForm(base, factorOf(ratios)),
    fitted(solution, ratios, { voxels }) {
      const { rows, columns } = solution;
      const factorsAt = new Map([...new Set(ratios)].map((each) => [each, factorOf(each)]));
      const factors = ratios.map((each) => factorsAt.get(each)!);
      for (let i = 0, at = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) solution.data[at++] *= factors[j][i];
      return bands.map(({ reader }, b) => {
        const weights = rowsOf(solution, starts[b], starts[b] + reader.nFeatures);
        const intercepts = new Float64Array(columns);
        for (let i = 0, at = 0; i < weights.rows; i++)
          for (let j = 0; j < columns; j++)
            intercepts[j] -= base.featureMeans[starts[b] + i] * weights.data[at++];
        return { voxels, weights, intercepts };
      });
    },
  };
}

async function readSideBySide({ bands, rows, precision }: BandedInputs): Promise<Matrix> {
  const parts: Matrix[] = [];
  for (const { reader } of bands) parts.push(await reader.read(rows));
  const x = zeros(
    rows.length,
    parts.reduce((sum, { columns }) => sum + columns, 0),
    precision,
  );
  let column = 0;
  for (const part of parts) {
    pasteBlock(x, 0, column, part);
    column += part.columns;
  }
  return x;
}

async function openBandedKernel(
  engine: RidgeEngine,
  inputs: BandedInputs,
  scales: readonly (Float64Array | undefined)[],
): Promise<BandedForm> {
  const { bands, rows, intercept: hasIntercept } = inputs;
  const kernels: Matrix<Float64Array>[] = [];
  for (const [b, { reader }] of bands.entries()) {
    const side = { reader, rows };
    kernels.push(await engine.innerProducts(side, side, scales[b]));
  }
  return {
    size: rows.length,
    withRatios: (ratios) => kernelSystems(weightedSum(kernels, ratios), inputs),
    fitted: (solution, ratios, { voxels }) =>
      bands.map(({ reader }, b) => {
        const duals = copyBlock(solution, [0, solution.rows], [0, solution.columns]);
        for (let i = 0; i < duals.data.length; i++) duals.data[i] *= ratios[i % duals.columns][b];
        const responseMeans = new Float64Array(voxels.length);
        const part = {
          voxels,
          reader,
          rows,
          duals,
          centring: centringOf(kernels[b]),
          hasIntercept,
          responseMeans,
        };
        const scale = scales[b];
        return scale ? { ...part, scale } : part;
      }),
  };
}

function weightedSum(kernels: readonly Matrix<Float64Array>[], weights: Ratios): Matrix<Float64Array> {
  const sum = zeros(kernels[0].rows, kernels[0].columns, 'float64');
  kernels.forEach(({ data }, b) => {
    if (weights[b] === 0) return;
    for (let i = 0; i < data.length; i++) sum.data[i] += weights[b] * data[i];
  });
  return sum;
}
