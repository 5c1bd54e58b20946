// What a training takes, for the pre-flight: fitted to what was measured with `npm run bench -- readouts`.

import { asMapShape, type FitSize } from '@striate/contracts';
import { EVALUATION_BATCH } from './fit.js';
import { countAllParameters, type GraphReadout, type ReadoutSize } from './graph-readout.js';
import { bytesBetween, planSteps } from './steps.js';
import type { TrainingOptions } from './training-options.js';

/** Operations in whose time one weight is updated: Adam waits for memory. */
const UPDATE_OPERATIONS = 400;

/** Memory that is no longer used, but not yet given back, comes to about a twentieth. */
const WAITING = 1.05;

/** Bytes that a training takes at most, responses and the process itself included. */
export function estimateMemory<Options extends object>(
  definition: GraphReadout<Options>,
  size: FitSize,
  options: Options & TrainingOptions,
): number {
  const { core, nStimuli, nVoxels } = size;
  const expected = expectedSize(size);
  const ofReadout = definition.countActivations(expected, options);
  const hasCore = core !== undefined;
  const steps = planSteps(options, { nStimuli, nActivations: ofReadout, hasCore });
  const nActivations = ofReadout + (core?.nActivations ?? 0);
  const between = Math.max(
    bytesBetween(steps.nBatches * steps.batchSize, nActivations),
    4 * EVALUATION_BATCH * nActivations,
  );
  const nParameters = countAllParameters(definition, expected, options, core);
  const copies = countCopies(steps.nSteps, countRuns(options));
  return WAITING * (4 * copies * nParameters + between + 8 * nStimuli * nVoxels) + 384e6;
}

/** Arithmetic that a training takes if nothing stops it early, in floating-point operations. */
export function estimateWork<Options extends object>(
  definition: GraphReadout<Options>,
  size: FitSize,
  options: Options & TrainingOptions,
): number {
  const expected = expectedSize(size);
  const { core, nStimuli, nVoxels } = size;
  const read = 2 * nVoxels * expected.map.reduce((product, each) => product * each, 1);
  const passes = 3 * nStimuli * (read + (core?.nOperations ?? 0));
  const nParameters = countAllParameters(definition, expected, options, core);
  const nUpdates = nStimuli / (options.batchSize * options.accumulate);
  return countRuns(options) * options.maxEpochs * (passes + nUpdates * UPDATE_OPERATIONS * nParameters);
}

/**
 * Of weights, of Adam's two memories of them and of summed gradients: what is, what will be, and what ONNX Runtime returns; a
 * gradient; first weights; the best of each run.
 */
function countCopies(nSteps: number, nRuns: number): number {
  const stored = nSteps > 1 ? 4 : 3;
  return 3 * stored + 1 + Math.min(nRuns, 2) + nRuns;
}

function countRuns({ seeds, strengths }: TrainingOptions): number {
  return seeds * strengths.length;
}

function expectedSize({ nVoxels, rowShape, core }: FitSize): ReadoutSize {
  return { nVoxels, map: core?.map ?? asMapShape(rowShape) };
}
