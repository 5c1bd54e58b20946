// The feature-weighted receptive field: each voxel looks at all channels of a map through one Gaussian field, chosen from a
// grid, and weighs what it sees by ridge.

import { epochOrder } from '@striate/compute';
import { tooFewStimuli, type FitRequest, type FittedReadout, type Readout } from '@striate/contracts';
import { chosenPenalties, chosenScores, type Choice } from '../ridge/choice.js';
import { warnOfEdges } from '../ridge/edges.js';
import { ridgeEngineOnDemand, type RidgeEngine } from '../ridge/fit.js';
import { foldResponses, rememberResponses, responseColumns, type ReadResponses } from '../ridge/responses.js';
import { groupByMeasured, requireMeasuredFinite, warnOfUnmeasured } from '../ridge/measured.js';
import { describePenalties } from '../ridge/options.js';
import { mapShapeOf } from '../features/map-shape.js';
import { listFields, type Field } from './fields.js';
import { fittedReadout, restoreFields } from './fitted.js';
import { parseFwrfOptions, type FwrfOptions } from './options.js';
import { searchFields, type Search, type SearchGroup } from './search.js';
import { solveFields } from './solve.js';

/** Share of the work that the search takes. */
const SEARCH = 0.9;

/** Make the `fwrf` readout. */
export function create(): Readout<FwrfOptions> {
  const open = ridgeEngineOnDemand();
  return {
    specVersion: 'v1',
    id: 'fwrf',
    title: 'Feature-weighted receptive field: a Gaussian field from a grid, then ridge on the channels',
    version: 2,
    isVoxelIndependent: true,
    accepts: 'any',
    parseOptions: parseFwrfOptions,
    describe: describeFwrf,
    estimateMemory({ nStimuli, rowShape: [channels], nVoxels }, { alphas }) {
      const n = Math.min(nStimuli, channels);
      const systems = 6 * n * n * 8 + alphas.length * nStimuli * n * 4;
      const responses = 12 * nStimuli * nVoxels; // as they are given, and by voxel
      return (
        512e6 + 2 * 64e6 + 24 * nStimuli * channels + systems + responses + 4 * nVoxels * channels + 512e6
      );
    },
    estimateWork({ nStimuli, rowShape: [channels, height = 1, width = 1], nVoxels }, options) {
      const n = Math.min(nStimuli, channels);
      const pooling = 2 * nStimuli * channels * height * width;
      const heldOut = options.heldOut * nStimuli * (options.alphas.length / 2);
      const ridge = 2 * nStimuli * n * (n + nVoxels) + 2 * heldOut * n * nVoxels + 6 * n ** 3;
      return listFields(options, [height, width]).length * (pooling + ridge);
    },
    doFit: (request, options) => fitFwrf(open(), request, options),
    fromState: (state) => restoreFields(open(), state),
  };
}

async function fitFwrf(
  engine: RidgeEngine,
  request: FitRequest,
  options: FwrfOptions,
): Promise<FittedReadout> {
  const { inputs, responses, signal } = request;
  requireMeasuredFinite(responses, 'fwrf');
  const shape = mapShapeOf('features for fwrf', inputs.features);
  const groups = groupsOf(request, options);
  const fields = groups.length === 0 ? [] : listFields(options, [shape[1], shape[2]]);
  const search: Search = {
    pooling: { algebra: engine.algebra, features: inputs.features, shape, ...(signal ? { signal } : {}) },
    ...{ groups, nVoxels: responses.voxelIds.length, alphas: options.alphas, precision: options.precision },
  };
  const report = (from: number, to: number) => (fraction: number) =>
    request.onProgress?.(from + (to - from) * fraction);
  const choice = await searchFields(engine, fields, { ...search, onProgress: report(0, SEARCH) });
  const solving = { ...search, onProgress: report(SEARCH, 1) };
  const solved = await solveFields(engine, fields, choice, responses.values, solving);
  const perVoxel = describeChoice(fields, choice, options.alphas);
  const warnings = [
    ...warnOfUnmeasured(groups, search.nVoxels),
    ...warnOfEdges(perVoxel.alpha, options.alphas),
  ];
  return fittedReadout(engine, { ...solved, shape, perVoxel, warnings });
}

function groupsOf({ responses, seed }: FitRequest, { heldOut, precision }: FwrfOptions): SearchGroup[] {
  return groupByMeasured(responses).map(({ voxels, rows }) => {
    const nHeldOut = Math.max(1, Math.round(heldOut * rows.length));
    if (rows.length - nHeldOut < 2) {
      const why = `${nHeldOut} are held out to choose field and penalty`;
      throw tooFewStimuli({ readout: 'fwrf', needed: nHeldOut + 2, given: rows.length, why });
    }
    const names = Array.from(rows, (row) => responses.stimulusIds[row]);
    const drawn = drawPositions(names, { count: nHeldOut, seed });
    const columns = responseColumns(responses.values, voxels, { intercept: true, precision });
    const { training, validation } = foldResponses(columns, rows, drawn);
    const kept = (read: ReadResponses) => rememberResponses(read, voxels.length);
    return {
      voxels,
      rows,
      heldOut: drawn,
      responses: { training: kept(training), validation: kept(validation) },
    };
  });
}

/** Draw by the stimuli's names, so that their order does not matter. */
function drawPositions(
  names: readonly string[],
  { count, seed }: { count: number; seed: number },
): Int32Array {
  const byName = Int32Array.from(names.keys()).sort((a, b) => (names[a] < names[b] ? -1 : 1));
  const drawn = epochOrder(names.length, seed, 0).subarray(0, count);
  return drawn.map((place) => byName[place]).sort();
}

/** In half widths and heights of the map from its middle, as other readouts tell their fields. */
function describeChoice(fields: readonly Field[], choice: Choice, alphas: readonly number[]) {
  const ofField = (value: (field: Field) => number) =>
    Float64Array.from(choice.candidate, (position) => (position < 0 ? NaN : 2 * value(fields[position])));
  return {
    fieldX: ofField(({ x }) => x),
    fieldY: ofField(({ y }) => y),
    fieldSize: ofField(({ size }) => size),
    alpha: chosenPenalties(choice, alphas),
    cvScore: chosenScores(choice),
  };
}

function describeFwrf({ sizes, spacing, reach, alphas, heldOut, precision }: FwrfOptions): string {
  const { from, to, count } = sizes;
  return [
    `Feature-weighted receptive field: one Gaussian field per voxel out of a grid (${count} sizes from ${from} to ${to} of the map's width`,
    `centres ${spacing} sizes apart over ${reach} widths), ridge on the standardised channels that it sees with ${describePenalties(alphas)}`,
    `field and penalty chosen per voxel by squared error on a share of ${heldOut} of the training stimuli, weights from all of them, ${precision} products`,
  ].join(', ');
}
