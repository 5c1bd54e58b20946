// Training a readout: once for each penalty factor and seed, then each voxel takes what validates best.

import { adam, constantRate, type Parameter, randomFrom, train, type Value } from '@striate/compute';
import type { FitRequest, MapShape, TrainableCore, Warning } from '@striate/contracts';
import { mapShapeOf } from '../features/map-shape.js';
import { requireMeasuredFinite } from '../ridge/measured.js';
import { streamBatches } from './batches.js';
import { chooseRuns, type Run } from './choose.js';
import type { GraphReadout, ReadoutSize, Weights } from './graph-readout.js';
import { inputShapes, openPredictions, trainingProblem, type Network } from './network.js';
import { splitSamples, type Samples } from './samples.js';
import { scaleOfChannels, scaleOfResponses, type ResponseScale } from './scale.js';
import { planSteps, type Steps } from './steps.js';
import type { TrainingOptions } from './training-options.js';
import { correlateWith, meanDefined } from './validation.js';

/** Stimuli per batch where nothing is trained. */
export const EVALUATION_BATCH = 16;

export interface TrainedNetwork {
  readonly network: Network;
  /** What the network's core was opened from. */
  readonly core?: TrainableCore<Value, Parameter>;
  readonly scale: ResponseScale;
  readonly validating: Samples;
  /** Runs that some voxel chose. */
  readonly runs: readonly Weights[];
  /** Per voxel, a position in {@link runs}. */
  readonly chosen: Int32Array;
  readonly perVoxel: Readonly<Record<string, Float64Array>>;
  readonly warnings: readonly Warning[];
}

/** Train all runs, choose, and keep what was chosen. */
export async function fitNetwork<Options extends object>(
  definition: GraphReadout<Options>,
  request: FitRequest,
  options: Options & TrainingOptions,
): Promise<TrainedNetwork> {
  requireMeasuredFinite(request.responses, definition.id);
  const { training, validating } = splitSamples(request, {
    readout: definition.id,
    share: options.validationShare,
  });
  const fed = mapShapeOf(`Features for ${definition.id}`, request.inputs.features);
  const core = request.core as TrainableCore<Value, Parameter> | undefined;
  const size = sizeOf(definition, request, options, core?.measure(fed).map ?? fed);
  const channels = options.standardise
    ? await scaleOfChannels(request.inputs.features, training.rows, fed)
    : undefined;
  const scale = scaleOfResponses(training.responses, training.rows);
  const nRuns = options.strengths.length * options.seeds;
  const open = (seed: number): Network => ({
    ...{ size, fed },
    readout: definition.open(size, options, randomFrom(seed)),
    ...(core ? { core: core.open(fed, seed) } : {}),
    ...(channels ? { scale: channels } : {}),
  });
  const network = open(request.seed);
  const steps = planSteps(options, {
    nStimuli: training.rows.length,
    nActivations: definition.countActivations(size, options),
    hasCore: core !== undefined,
  });
  const validator = await openValidator(network, validating);
  const runs: Run[] = [];
  try {
    for (const strength of options.strengths) {
      for (let i = 0; i < options.seeds; i++) {
        const seed = (request.seed + 1000003 * i) | 0;
        const done = runs.length;
        const onProgress = (fraction: number) => request.onProgress?.((done + fraction) / nRuns);
        const learning = { seed, strength, onProgress, ...pickSignal(request) };
        const plan = { training, validator, steps, scale, ...learning };
        runs.push(await trainOnce(runs.length === 0 ? network : open(seed), plan, options));
      }
    }
  } finally {
    await validator.dispose();
  }
  const { kept, chosen, perVoxel, warnings } = chooseRuns(runs, options.chooseBy);
  const weights = kept.map((run) => run.weights);
  return { network, scale, validating, runs: weights, chosen, perVoxel, warnings, ...(core ? { core } : {}) };
}

function sizeOf<Options extends object>(
  { id, wantsDescriptor, wantsCoordinates }: GraphReadout<Options>,
  { inputs, responses, coordinates }: FitRequest,
  options: Options,
  map: MapShape,
): ReadoutSize {
  return {
    ...{ nVoxels: responses.voxelIds.length, map },
    ...(wantsDescriptor && inputs.descriptor
      ? { descriptor: mapShapeOf(`The descriptor for ${id}`, inputs.descriptor) }
      : {}),
    ...(coordinates && wantsCoordinates?.(options) ? { coordinates: standardised(coordinates) } : {}),
  };
}

/** Each axis to mean 0 and standard deviation 1; an axis along which nothing differs to 0. */
function standardised(coordinates: Float64Array): number[] {
  const n = coordinates.length / 3;
  const moments = [0, 1, 2].map((axis) => {
    const values = Array.from({ length: n }, (_, voxel) => coordinates[3 * voxel + axis]);
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
    return { mean, factor: sd > 0 ? 1 / sd : 0 };
  });
  return Array.from(coordinates, (value, i) => (value - moments[i % 3].mean) * moments[i % 3].factor);
}

function pickSignal({ signal }: FitRequest): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}

interface Validator {
  /** r of each voxel with these weights. */
  score(weights: Weights): Promise<Float64Array>;
  dispose(): Promise<void>;
}

/** One session for all runs: they differ in their weights, and these are fed. */
async function openValidator(network: Network, { inputs, responses, rows }: Samples): Promise<Validator> {
  const predictions = await openPredictions(network, EVALUATION_BATCH);
  return {
    async score(weights) {
      const correlation = correlateWith({ responses });
      await predictions.run(inputs, rows, weights, (some, { prediction }) =>
        correlation.add(some, prediction),
      );
      return correlation.finish();
    },
    dispose: () => predictions.dispose(),
  };
}

interface RunPlan {
  readonly training: Samples;
  readonly steps: Steps;
  readonly validator: Validator;
  readonly scale: ResponseScale;
  readonly seed: number;
  readonly strength: number;
  readonly signal?: AbortSignal;
  readonly onProgress: (fraction: number) => void;
}

async function trainOnce(network: Network, plan: RunPlan, options: TrainingOptions): Promise<Run> {
  const { training, validator, steps, seed, scale, strength, onProgress, signal } = plan;
  const nStimuli = steps.nBatches * steps.batchSize;
  const data = streamBatches(training, {
    ...{ batchSize: nStimuli, seed, scale, shapes: inputShapes(network, nStimuli) },
    ...(signal ? { signal } : {}),
  });
  const { parameters, epochs } = await train(
    trainingProblem(network, steps, { loss: options.loss, strength }),
    data,
    {
      optimiser: adam(),
      learningRate: constantRate(options.learningRate),
      accumulate: steps.nSteps,
      accumulation: 'sum',
      maxEpochs: options.maxEpochs,
      validateEvery: options.validateEvery,
      patience: options.patience,
      validate: async (weights) => meanDefined(await validator.score(weights)),
      onProgress: ({ epoch }) => onProgress(epoch / options.maxEpochs),
      ...(signal ? { signal } : {}),
    },
  );
  return { strength, epochs, weights: parameters, scores: await validator.score(parameters) };
}
