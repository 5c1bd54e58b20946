// Banded ridge as a readout: each feature space of a union has a penalty of its own, for each voxel.

import { rowsOf } from '@striate/compute';
import type { FitRequest, FittedReadout, Readout } from '@striate/contracts';
import { chosenPenalties, chosenScores, type Choice } from '../ridge/choice.js';
import { warnOfEdges } from '../ridge/edges.js';
import { ridgeEngineOnDemand, type RidgeEngine } from '../ridge/fit.js';
import { forEachGroup, groupByMeasured, requireMeasuredFinite, warnOfUnmeasured } from '../ridge/measured.js';
import { describeRidge } from '../ridge/options.js';
import { responseColumns } from '../ridge/responses.js';
import { readerOf } from '../ridge/rows.js';
import { create as createRidge } from '../ridge/readout.js';
import { fitBandedGroup, penaltiesOf, type FittedBands } from './fit.js';
import { bandsOf, fittedReadout, restoreBands } from './fitted.js';
import type { Band } from './form.js';
import { parseBandedRidgeOptions, type BandedRidgeOptions } from './options.js';
import { drawRatios, type Ratios } from './ratios.js';

export { fitBandedRidge, type BandedRidgeFit } from './fit.js';
export { parseBandedRidgeOptions, type BandedRidgeOptions } from './options.js';

/** Make the `banded-ridge` readout. */
export function create(): Readout<BandedRidgeOptions> {
  const open = ridgeEngineOnDemand();
  const ridge = createRidge();
  return {
    specVersion: 'v1',
    id: 'banded-ridge',
    title: 'Banded ridge regression: one penalty per feature space and voxel',
    version: 2,
    isVoxelIndependent: true,
    accepts: 'any',
    parseOptions: parseBandedRidgeOptions,
    describe: ({ samples, concentrations, ...options }) =>
      `Banded ridge regression in closed form: the best of ${samples} ratios between the feature spaces' penalties ` +
      `(equal ones, and draws from Dirichlet distributions of concentration ${concentrations.join(' and ')}) and ${describeRidge(options)}`,
    estimateMemory(size, options) {
      const { nStimuli, rowLength, nVoxels, nBands = 1 } = size;
      const kernels = rowLength > nStimuli ? 8 * nBands * nStimuli ** 2 : 0;
      const duals = rowLength > nStimuli ? 4 * (nBands + 1) * nStimuli * nVoxels : 0;
      return ridge.estimateMemory(size, options) + kernels + duals;
    },
    estimateWork: (size, options) =>
      (size.nBands === undefined ? 1 : options.samples) * ridge.estimateWork(size, options),
    doFit: (request, options) => fitBanded(open(), request, options),
    fromState: (state) => restoreBands(open(), state),
  };
}

async function fitBanded(
  engine: RidgeEngine,
  request: FitRequest,
  options: BandedRidgeOptions,
): Promise<FittedReadout> {
  const { inputs, responses, seed, signal, onProgress } = request;
  const nVoxels = responses.voxelIds.length;
  requireMeasuredFinite(responses, 'banded-ridge');
  const bands = bandsOf(inputs.features).map(({ name, rows }): Band => ({ name, reader: readerOf(rows) }));
  const ratios = drawRatios(bands.length, options, seed);
  const constants = new Float64Array(nVoxels).fill(NaN);
  const perVoxel = Object.fromEntries(
    ['alpha', 'cvScore', ...bands.map(penaltyOf)].map((name) => [name, constants.slice()]),
  );
  const groups = groupByMeasured(responses);
  const parts: FittedBands['parts'][] = [];
  await forEachGroup(groups, onProgress, async ({ voxels, rows }, onGroupProgress) => {
    const columns = responseColumns(responses.values, voxels, options);
    const data = { bands, ratios, rows, responses: columns, seed, onProgress: onGroupProgress };
    const group = await fitBandedGroup(engine, { ...data, ...(signal ? { signal } : {}) }, options);
    voxels.forEach((voxel, i) => (constants[voxel] = group.means[i]));
    const told = describeChoice(group.choice, bands, ratios, options.alphas);
    for (const [name, values] of Object.entries(told))
      voxels.forEach((voxel, i) => (perVoxel[name][voxel] = values[i]));
    parts.push(group.parts);
  });
  return fittedReadout(engine, {
    bands: bands.map(({ name, reader: { nFeatures } }, b) => ({
      ...{ name, nFeatures, groups: parts.map((each) => each[b]) },
    })),
    ...{ constants, perVoxel },
    warnings: [...warnOfUnmeasured(groups, nVoxels), ...warnOfEdges(perVoxel['alpha'], options.alphas)],
  });
}

/** Name of the penalty of a feature space among what is told of voxels. */
function penaltyOf({ name }: Band): string {
  return `alpha:${name}`;
}

function describeChoice(
  choice: Choice,
  bands: readonly Band[],
  ratios: readonly Ratios[],
  alphas: readonly number[],
): Record<string, Float64Array> {
  const penalties = penaltiesOf(choice, ratios, alphas);
  const ofBands = bands.map((band, b) => [penaltyOf(band), rowsOf(penalties, b, b + 1).data]);
  return {
    alpha: chosenPenalties(choice, alphas),
    cvScore: chosenScores(choice),
    ...Object.fromEntries(ofBands),
  };
}
