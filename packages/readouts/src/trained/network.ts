// The graph of one readout between its inputs and what is wanted of it: a loss to train on, predictions, or fields.

import {
  encodeModel,
  input,
  meanSquaredError,
  meanSquaredErrorAndConcordance,
  meanSquaredErrorAndVoxelConcordance,
  onnx,
  openSession,
  scalar,
  tensor,
  toModel,
  type Measured,
  type Parameter,
  type Session,
  type Tensor,
  type TrainingProblem,
  type Value,
} from '@striate/compute';
import { rowLength, type MapShape, type OpenCore, type ReadoutInputs } from '@striate/contracts';
import type { OpenGraphReadout, ReadoutSize, Weights } from './graph-readout.js';
import { readFinite } from './samples.js';
import { scaledMap, type ChannelScale } from './scale.js';
import type { Steps } from './steps.js';
import type { TrainingOptions } from './training-options.js';

export interface Network {
  readonly size: ReadoutSize;
  readonly readout: OpenGraphReadout;
  /** Sizes of what is fed: of the core's input, or of the readout's map where there is no core. */
  readonly fed: MapShape;
  /** What is trained in front of the readout. */
  readonly core?: OpenCore<Value, Parameter>;
  /** Of the channels of what is fed; absent: it is taken as it is. */
  readonly scale?: ChannelScale;
}

/** Everything that a trained network consists of: weights, and what a core's forward pass keeps. */
export function contentsOf({ core, readout }: Network): readonly Parameter[] {
  return [...(core ? [...core.parameters, ...core.running] : []), ...readout.parameters];
}

/** Shapes of the inputs of a batch. */
export function inputShapes({ size, fed, readout }: Network, batchSize: number) {
  const noise = readout.noiseShape?.(batchSize);
  return {
    map: [batchSize, ...fed],
    ...(size.descriptor ? { descriptor: [batchSize, ...size.descriptor] } : {}),
    ...(noise ? { noise } : {}),
  };
}

/** The loss of a step: the sum of its batches' losses, with the penalty's factor inside. */
export function trainingProblem(
  network: Network,
  { batchSize, nBatches }: Pick<Steps, 'batchSize' | 'nBatches'>,
  { loss, strength }: { readonly loss: TrainingOptions['loss']; readonly strength: number },
): TrainingProblem {
  const { readout, size } = network;
  const nStimuli = nBatches * batchSize;
  const shapes = inputShapes(network, nStimuli);
  const noise = shapes.noise && input('noise', shapes.noise);
  const { running, ...inputs } = graphInputs(network, nStimuli, 'training');
  const prediction = readout.build(inputs, noise);
  const measured = [nStimuli, size.nVoxels];
  const [predictions, targets, masks] = [
    prediction,
    input('target', measured),
    input('mask', measured, 'bool'),
  ].map((value) => onnx.Split(value, Array<number>(nBatches).fill(batchSize)));
  const lost = predictions
    .map((ofBatch, i) => LOSSES[loss](ofBatch, { target: targets[i], mask: masks[i] }))
    .reduce(onnx.Add);
  const penalty = strength > 0 ? readout.penalty?.() : undefined;
  return {
    loss: penalty ? onnx.Add(lost, onnx.Mul(scalar(nBatches * strength), penalty)) : lost,
    parameters: [...(network.core?.parameters ?? []), ...readout.parameters],
    running,
    ...(readout.projections ? { projections: readout.projections } : {}),
  };
}

const LOSSES: Record<TrainingOptions['loss'], (prediction: Value, measured: Measured) => Value> = {
  mse: meanSquaredError,
  'mse+ccc': meanSquaredErrorAndConcordance,
  'mse+voxel-ccc': meanSquaredErrorAndVoxelConcordance,
};

type Mode = 'training' | 'evaluation';

function graphInputs(network: Network, batchSize: number, mode: Mode) {
  const { map, descriptor } = inputShapes(network, batchSize);
  const { featureMap, running } = seenMap(network, input('map', map), mode);
  return { map: featureMap, running, ...(descriptor ? { descriptor: input('descriptor', descriptor) } : {}) };
}

/** The map that the readout sees of what is fed, and the next statistics of the core. */
export function seenMap({ core, scale }: Pick<Network, 'core' | 'scale'>, fed: Value, mode: Mode) {
  const scaled = scaledMap(fed, scale);
  return core ? core.build(scaled, mode) : { featureMap: scaled, running: new Map<Parameter, Value>() };
}

/** Something of a network that is computed for many stimuli, batch by batch, with weights that are fed. */
export interface Evaluator {
  /**
   * @param rows Stimuli of the inputs.
   * @param take Gets the outputs of some of the rows, in their order, [count or 1, voxel] each; its own until it returns.
   */
  run(
    inputs: ReadoutInputs,
    rows: Int32Array,
    weights: Weights,
    take: (rows: Int32Array, outputs: Record<string, Float32Array>) => void,
  ): Promise<void>;
  dispose(): Promise<void>;
}

/** Open the predictions of a network: output `prediction`, of z-scored responses. */
export function openPredictions(network: Network, batchSize: number): Promise<Evaluator> {
  const prediction = network.readout.build(graphInputs(network, batchSize, 'evaluation'));
  return openEvaluator(network, batchSize, { prediction });
}

/** Open where a network looks: outputs `x`, `y`, `size` and what else it says; `undefined` for a readout without places. */
export async function openFields(network: Network, batchSize: number): Promise<Evaluator | undefined> {
  const fields = network.readout.fields?.(graphInputs(network, batchSize, 'evaluation'));
  if (!fields) return undefined;
  const { x, y, size, others } = fields;
  return openEvaluator(network, batchSize, { x, y, size, ...others });
}

async function openEvaluator(
  network: Network,
  batchSize: number,
  outputs: Readonly<Record<string, Value>>,
): Promise<Evaluator> {
  const model = encodeModel(toModel(outputs, { inputs: contentsOf(network) }));
  const session = await openSession(model, { name: 'a trained readout' });
  const { map, descriptor } = inputShapes(network, batchSize);
  return {
    async run(inputs, rows, weights, take) {
      const batch = {
        map: new Float32Array(batchSize * rowLength(inputs.features)),
        descriptor: inputs.descriptor && new Float32Array(batchSize * rowLength(inputs.descriptor)),
      };
      for (let start = 0; start < rows.length; start += batchSize) {
        const part = rows.subarray(start, start + batchSize);
        const feeds: Record<string, Tensor> = Object.fromEntries(weights);
        feeds['map'] = tensor('float32', map, await readFinite(inputs.features, part, batch.map));
        if (descriptor)
          feeds['descriptor'] = tensor(
            'float32',
            descriptor,
            await readFinite(inputs.descriptor!, part, batch.descriptor!),
          );
        const results = await runNeeded(session, feeds);
        take(part, results);
      }
    },
    dispose: () => session.dispose(),
  };
}

/** Feed what the session reads: a readout that looks at no image needs no map to say where it looks. */
async function runNeeded(
  session: Session,
  feeds: Readonly<Record<string, Tensor>>,
): Promise<Record<string, Float32Array>> {
  const needed = Object.fromEntries(session.inputNames.map((name) => [name, feeds[name]]));
  const results = await session.run(needed);
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]));
}
