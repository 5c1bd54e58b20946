// A trained readout that predicts: its network, the weights of each run that is in use, and who reads by which.

import { onnx, type Parameter, randomFrom, type Tensor, type Value } from '@striate/compute';
import {
  aborted,
  labelled,
  unsupported,
  type FittedReadout,
  type MapShape,
  type ReadoutInputs,
  type ReadoutState,
  type StimulusByVoxel,
  type TrainableCore,
  type Warning,
} from '@striate/contracts';
import { requireFittedShape } from '../features/map-shape.js';
import { readPerVoxel, writePerVoxel } from '../ridge/state.js';
import { EVALUATION_BATCH, type TrainedNetwork } from './fit.js';
import { countAllParameters, type GraphReadout, type ReadoutSize, type Weights } from './graph-readout.js';
import { contentsOf, openPredictions, type Network } from './network.js';
import { predictionGraph } from './prediction-graph.js';
import type { ChannelScale } from './scale.js';

/** What was trained; what it was validated on is not needed any more. */
export interface FittedParts<Options extends object> extends Omit<TrainedNetwork, 'validating'> {
  readonly definition: GraphReadout<Options>;
  readonly options: Options;
}

/** Make a fitted readout of its parts. */
export function fittedReadout<Options extends object>(parts: FittedParts<Options>): FittedReadout {
  const { definition, options, network, core, perVoxel, warnings } = parts;
  return {
    perVoxel,
    warnings,
    nParameters: countAllParameters(definition, network.size, options, core?.measure(network.fed)),
    doPredict: (inputs, signal) => predict(parts, inputs, signal),
    toState: () => Promise.resolve(toState(parts)),
    async toGraph({ features, descriptor }) {
      const map = onnx.Reshape(features as Value, [1, ...network.fed]);
      const described = network.size.descriptor && {
        descriptor: onnx.Reshape(descriptor as Value, [1, ...network.size.descriptor]),
      };
      return predictionGraph(parts, { map, ...described });
    },
  };
}

async function predict<Options extends object>(
  { definition, network, runs, chosen, scale }: FittedParts<Options>,
  inputs: ReadoutInputs,
  signal?: AbortSignal,
): Promise<StimulusByVoxel> {
  requireFittedShape(definition.id, network.fed, inputs.features);
  const nStimuli = inputs.features.stimulusIds.length;
  const nVoxels = network.size.nVoxels;
  const data = new Float32Array(nStimuli * nVoxels);
  const rows = Int32Array.from({ length: nStimuli }, (_, row) => row);
  const evaluator = await openPredictions(network, EVALUATION_BATCH);
  try {
    for (const [run, weights] of runs.entries()) {
      await evaluator.run(inputs, rows, weights, (some, { prediction }) => {
        if (signal?.aborted) throw aborted('Predicting');
        some.forEach((row, place) => {
          for (let voxel = 0; voxel < nVoxels; voxel++) {
            if (chosen[voxel] !== run) continue;
            const z = prediction[place * nVoxels + voxel];
            data[row * nVoxels + voxel] = scale.mean[voxel] + scale.deviation[voxel] * z;
          }
        });
      });
    }
  } finally {
    await evaluator.dispose();
  }
  return labelled(['stimulus', 'voxel'], [nStimuli, nVoxels], data);
}

interface StoredValues<Options> {
  readonly options: Options;
  readonly size: ReadoutSize;
  readonly fed: MapShape;
  /** Fingerprint of the core; null: none. */
  readonly core: string | null;
  readonly nRuns: number;
  readonly warnings: readonly Warning[];
}

/** Arrays are stored flat: their shapes follow from the options and the size. */
function toState<Options extends object>(parts: FittedParts<Options>): ReadoutState {
  const { network, core, options, scale, runs, chosen, perVoxel, warnings } = parts;
  const perVoxelArray = (data: ArrayLike<number>) =>
    labelled(['voxel'], [data.length], Float64Array.from(data));
  const perChannel = (data: Float32Array) => labelled(['channel'], [data.length], data);
  const arrays: Record<string, ReadoutState['arrays'][string]> = {
    mean: perVoxelArray(scale.mean),
    deviation: perVoxelArray(scale.deviation),
    chosen: perVoxelArray(chosen),
    ...writePerVoxel(perVoxel),
  };
  if (network.scale) {
    arrays['channelMean'] = perChannel(network.scale.mean);
    arrays['channelFactor'] = perChannel(network.scale.factor);
  }
  runs.forEach((weights, run) => {
    for (const [name, { data }] of weights)
      arrays[`run${run}/${name}`] = labelled(['feature'], [data.length], data as Float32Array);
  });
  const values: StoredValues<Options> = {
    ...{ options, size: network.size, fed: network.fed, core: core?.fingerprint ?? null },
    ...{ nRuns: runs.length, warnings },
  };
  return { arrays, values: { ...values } };
}

/**
 * Make a fitted readout of its state.
 *
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` if the state was fitted with another core, or with none.
 */
export function fromState<Options extends object>(
  definition: GraphReadout<Options>,
  { arrays, values }: ReadoutState,
  anyCore?: TrainableCore,
): FittedReadout {
  const {
    options,
    size,
    fed,
    nRuns,
    warnings,
    core: fittedCore,
  } = values as unknown as StoredValues<Options>;
  const core = anyCore as TrainableCore<Value, Parameter> | undefined;
  if (fittedCore !== (core?.fingerprint ?? null)) throw otherCore(definition.id, core);
  const numbers = (name: string) => Float64Array.from(arrays[name].data);
  const scale: ChannelScale | undefined = arrays['channelMean'] && {
    mean: Float32Array.from(arrays['channelMean'].data),
    factor: Float32Array.from(arrays['channelFactor'].data),
  };
  const network: Network = {
    ...{ size, fed, readout: definition.open(size, options, randomFrom(0)) },
    ...(core ? { core: core.open(fed, 0) } : {}),
    ...(scale ? { scale } : {}),
  };
  const weightsOf = (run: number): Weights =>
    new Map(
      contentsOf(network).map(({ shape, origin }): [string, Tensor] => {
        const data = Float32Array.from(arrays[`run${run}/${origin.name}`].data);
        return [origin.name, { dtype: 'float32', shape, data }];
      }),
    );
  return fittedReadout({
    ...{ definition, options, network },
    ...(core ? { core } : {}),
    scale: { mean: numbers('mean'), deviation: numbers('deviation') },
    runs: Array.from({ length: nRuns }, (_, run) => weightsOf(run)),
    chosen: Int32Array.from(numbers('chosen')),
    warnings,
    perVoxel: readPerVoxel(arrays),
  });
}

function otherCore(readout: string, core: TrainableCore | undefined) {
  return unsupported({
    who: `The readout "${readout}"`,
    what: `be restored ${core ? `behind the core "${core.id}"` : 'without a core'}: it was fitted otherwise`,
    hint: 'Restore it with the core that it was trained with, or fit it again.',
  });
}
