// Partial least squares as a readout: components of the features that covary most with the responses, shared by all voxels that saw
// the same stimuli.

import type { FitRequest, FittedReadout, FitSize, Readout } from '@striate/contracts';
import { ridgeEngineOnDemand, type RidgeEngine } from '../ridge/fit.js';
import { forEachGroup, groupByMeasured, requireMeasuredFinite, warnOfUnmeasured } from '../ridge/measured.js';
import { readerOf } from '../ridge/rows.js';
import { fitGroup } from './fit.js';
import { fittedReadout } from './fitted.js';
import { describePls, parsePlsOptions, type PlsOptions } from './options.js';
import { readState } from './state.js';
import { warnOfComponents, type GroupOutcome } from './warnings.js';

/** Steps that the search for a component takes: some tens, more where the responses are noise. */
const STEPS = 40;
/** A product of a matrix and a vector waits for memory, eight bytes for two operations: its operations count so many times. */
const WAITING = 50;

/** Make the `pls` readout. */
export function create(): Readout<PlsOptions> {
  const open = ridgeEngineOnDemand();
  return {
    specVersion: 'v1',
    id: 'pls',
    title: 'Partial least squares regression, components shared by voxels',
    version: 1,
    isVoxelIndependent: false,
    accepts: 'any',
    parseOptions: parsePlsOptions,
    describe: describePls,
    estimateMemory,
    estimateWork,
    doFit: (request, options) => fitPls(open(), request, options),
    fromState: (state) => fittedReadout(open().algebra, readState(state)),
  };
}

/** Square matrices and their copies, blocks or all of the features, blocks of responses, and what is fitted. */
function estimateMemory({ nStimuli, rowLength, nVoxels }: FitSize, { components }: PlsOptions): number {
  const n = Math.min(nStimuli, rowLength);
  const features = rowLength < nStimuli ? 12 * nStimuli * rowLength : 512e6;
  const fitted = 16 * components * (rowLength + nVoxels);
  return features + 32 * n * n + 16 * 512 * nStimuli + fitted + 128e6;
}

function estimateWork({ nStimuli, rowLength, nVoxels }: FitSize, { components }: PlsOptions): number {
  const n = Math.min(nStimuli, rowLength);
  const products =
    rowLength < nStimuli
      ? 2 * rowLength * nVoxels * (nStimuli + rowLength)
      : 2 * nStimuli * nStimuli * (rowLength + nVoxels);
  return products + components * (STEPS * WAITING * 4 * n * n + 2 * nStimuli * (rowLength + nVoxels));
}

async function fitPls(
  { algebra, innerProducts }: RidgeEngine,
  { inputs, responses, seed, signal, onProgress }: FitRequest,
  options: PlsOptions,
): Promise<FittedReadout> {
  const nVoxels = responses.voxelIds.length;
  requireMeasuredFinite(responses, 'pls');
  const reader = readerOf(inputs.features);
  const shared = { algebra, innerProducts, reader, seed, responses: responses.values };
  const groups = groupByMeasured(responses);
  const outcomes: GroupOutcome[] = [];
  const components = new Float64Array(nVoxels).fill(NaN);
  await forEachGroup(groups, onProgress, async (group, onGroupProgress) => {
    const data = { ...shared, onProgress: onGroupProgress, ...(signal ? { signal } : {}) };
    const outcome = await fitGroup(data, group, options);
    outcomes.push(outcome);
    for (const voxel of group.voxels) components[voxel] = outcome.group.loadings.columns;
  });
  return fittedReadout(algebra, {
    groups: outcomes.map(({ group }) => group),
    ...{ nVoxels, nFeatures: reader.nFeatures, perVoxel: { components } },
    warnings: [...warnOfUnmeasured(groups, nVoxels), ...warnOfComponents(outcomes, options.components)],
  });
}
