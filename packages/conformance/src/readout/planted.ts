// Data with a planted linear truth: each voxel reads all channels of a small map at one place of its own,
//
//     response[s, v] = offset_v + sum_c weight_vc map[s, c, place_v] + noise
//
// so that every family of readouts can express it: ridge, factorised masks, points.

import {
  rowsInMemory,
  selectRows,
  uniteRows,
  type FeatureRows,
  type FloatArray,
  type MeanResponses,
  type ReadoutInputs,
  type StimulusByVoxel,
} from '@striate/contracts';
import { mapMatrix, matrixOf, numberedIds, pickStimuli, pickVoxels, positions } from '../planted/matrix.js';
import { normals, randomFrom, type Random } from '../planted/random.js';

export interface Planted {
  readonly train: ReadoutInputs;
  readonly responses: MeanResponses;
  /** Held-out stimuli. */
  readonly test: ReadoutInputs;
  /** Their responses without noise. */
  readonly truth: StimulusByVoxel;
  /** What the inputs read from, to see whether it was written to. */
  readonly features: Float32Array;
}

export interface Plan {
  readonly nTrain?: number;
  readonly nVoxels?: number;
  /** Standard deviation of the noise; that of the signal is about 2. */
  readonly noise?: number;
  readonly seed?: number;
}

export const MAP_SHAPE = [4, 3, 3] as const;
const [N_CHANNELS, HEIGHT, WIDTH] = MAP_SHAPE;
const N_PLACES = HEIGHT * WIDTH;
const N_FEATURES = N_CHANNELS * N_PLACES;
const N_TEST = 60;

/** Plant data; the same plan gives the same bits. */
export function plant({ nTrain = 120, nVoxels = 6, noise = 0.2, seed = 1 }: Plan = {}): Planted {
  const random = randomFrom(seed);
  const nStimuli = nTrain + N_TEST;
  const features = Float32Array.from(normals(random, nStimuli * N_FEATURES));
  const signal = linearResponses(features, nStimuli, nVoxels, random);
  const noisy = mapMatrix(signal, (data) =>
    Float64Array.from(data, (value) => value + noise * random.normal()),
  );
  const inputs = inputsOver(features, nStimuli, random);
  const [training, held] = [positions(nTrain), positions(N_TEST).map((i) => nTrain + i)];
  return {
    train: selectInputs(inputs, training),
    responses: responsesOf(pickStimuli(noisy, training)),
    test: selectInputs(inputs, held),
    truth: pickStimuli(signal, held),
    features,
  };
}

function linearResponses(
  features: Float32Array,
  nStimuli: number,
  nVoxels: number,
  random: Random,
): StimulusByVoxel {
  const weights = normals(random, nVoxels * N_CHANNELS);
  return matrixOf(nStimuli, nVoxels, (s, v) => {
    const place = (5 * v + 2) % N_PLACES;
    let sum = v + 1;
    for (let c = 0; c < N_CHANNELS; c++) {
      sum += weights[v * N_CHANNELS + c] * features[s * N_FEATURES + c * N_PLACES + place];
    }
    return sum;
  });
}

/** Feature maps, and a descriptor of the same stimuli for readouts that want one. */
function inputsOver(features: Float32Array, nStimuli: number, random: Random): ReadoutInputs {
  const ids = numberedIds('s', nStimuli);
  const axes = ['channel', 'height', 'width'] as const;
  const descriptor = Float32Array.from(normals(random, features.length));
  return {
    features: rowsInMemory(ids, axes, MAP_SHAPE, features),
    descriptor: rowsInMemory(ids, axes, MAP_SHAPE, descriptor),
  };
}

/** Some stimuli of the inputs, in the order wanted. */
export function selectInputs(
  { features, descriptor }: ReadoutInputs,
  rows: readonly number[],
): ReadoutInputs {
  return {
    features: selectRows(features, rows),
    ...(descriptor && { descriptor: selectRows(descriptor, rows) }),
  };
}

/** The same features as two feature spaces: the first channel, and the others. */
export function inTwoBands(planted: Planted): Planted {
  const split = ({ features, ...others }: ReadoutInputs): ReadoutInputs => {
    const bands = [
      { name: 'first', rows: someChannels(features, 0, 1) },
      { name: 'second', rows: someChannels(features, 1, N_CHANNELS) },
    ];
    return { ...others, features: uniteRows(bands) };
  };
  return { ...planted, train: split(planted.train), test: split(planted.test) };
}

function someChannels(features: FeatureRows, from: number, to: number): FeatureRows {
  const { stimulusIds, dtype } = features;
  const shape = [to - from, HEIGHT, WIDTH];
  const length = (to - from) * N_PLACES;
  return {
    ...{ stimulusIds, dtype, rowAxes: ['channel', 'height', 'width'], rowShape: shape },
    async readRows(rows, into = new Float32Array(rows.length * length)) {
      const data = await features.readRows(rows);
      for (let i = 0; i < rows.length; i++) {
        const start = i * N_FEATURES + from * N_PLACES;
        into.set(data.subarray(start, start + length), i * length);
      }
      return into;
    },
  };
}

/** Name the stimuli and voxels of responses. */
function responsesOf(values: StimulusByVoxel): MeanResponses {
  const [nStimuli, nVoxels] = values.shape;
  return { stimulusIds: numberedIds('s', nStimuli), voxelIds: numberedIds('v', nVoxels), values };
}

/** The same data with other training responses. */
export function withResponses(planted: Planted, change: (data: FloatArray) => FloatArray): Planted {
  const { responses } = planted;
  return { ...planted, responses: { ...responses, values: mapMatrix(responses.values, change) } };
}

/** Some voxels of the data, in the order wanted. */
export function withVoxels(planted: Planted, voxels: readonly number[]): Planted {
  const { values, voxelIds, stimulusIds } = planted.responses;
  const responses = {
    stimulusIds,
    voxelIds: voxels.map((v) => voxelIds[v]),
    values: pickVoxels(values, voxels),
  };
  return { ...planted, responses, truth: pickVoxels(planted.truth, voxels) };
}

/** The same training stimuli in another order. */
export function withTrainingOrder(planted: Planted, order: readonly number[]): Planted {
  const { values, voxelIds, stimulusIds } = planted.responses;
  const responses = {
    stimulusIds: order.map((s) => stimulusIds[s]),
    voxelIds,
    values: pickStimuli(values, order),
  };
  return { ...planted, responses, train: selectInputs(planted.train, order) };
}

/** The same data with a mask: voxels 0, 2, 4, ... miss every fourth stimulus, one number in its place. */
export function withMask(planted: Planted, hidden: number): Planted {
  return hide(planted, hidden, (stimulus, voxel) => voxel % 2 === 0 && stimulus % 4 === 0);
}

/** The same data with one voxel that was never measured. */
export function withoutVoxel(planted: Planted, voxel: number): Planted {
  return hide(planted, NaN, (_, v) => v === voxel);
}

function hide(
  planted: Planted,
  hidden: number,
  isHidden: (stimulus: number, voxel: number) => boolean,
): Planted {
  const { data, shape } = planted.responses.values;
  const observed = Uint8Array.from(data, (_, i) =>
    isHidden(Math.floor(i / shape[1]), i % shape[1]) ? 0 : 1,
  );
  const masked = withResponses(planted, () =>
    Float64Array.from(data, (value, i) => (observed[i] ? value : hidden)),
  );
  return { ...masked, responses: { ...masked.responses, observed } };
}
