// Maps of white noise and responses that a known field reads out of them.

import { randomFrom, type Random } from '@striate/compute';
import { labelled, rowsInMemory, type FitRequest, type MapShape } from '@striate/contracts';

export interface PlantedField {
  /** [height * width]: how much of each place a voxel sees of this stimulus. */
  mask(stimulus: number): Float64Array;
  /** [channel]. */
  readonly weights: ArrayLike<number>;
}

export interface PlantedData {
  readonly request: FitRequest;
  /** [stimulus, channel, height, width]. */
  readonly maps: Float32Array;
}

/** Maps of independent normal numbers. */
export function whiteMaps(nStimuli: number, map: MapShape, random: Random): Float32Array {
  return random.normal([nStimuli, ...map], 1).data;
}

/** Responses of voxels: sum over channels and places of weight x mask x map, plus noise. */
export function plantResponses(
  maps: Float32Array,
  map: MapShape,
  fields: readonly PlantedField[],
  { noise, random, descriptor }: { noise: number; random: Random; descriptor?: Float32Array },
): PlantedData {
  const [channels, height, width] = map;
  const places = height * width;
  const nStimuli = maps.length / (channels * places);
  const data = new Float64Array(nStimuli * fields.length);
  const noises = random.normal([data.length], noise).data;
  for (let stimulus = 0; stimulus < nStimuli; stimulus++) {
    fields.forEach(({ mask, weights }, voxel) => {
      const seen = mask(stimulus);
      let sum = noises[stimulus * fields.length + voxel];
      for (let c = 0; c < channels; c++)
        for (let p = 0; p < places; p++)
          sum += weights[c] * seen[p] * maps[(stimulus * channels + c) * places + p];
      data[stimulus * fields.length + voxel] = sum;
    });
  }
  const stimulusIds = Array.from({ length: nStimuli }, (_, i) => `s${i}`);
  const vector =
    descriptor && rowsInMemory(stimulusIds, ['feature'], [descriptor.length / nStimuli], descriptor);
  return {
    maps,
    request: {
      inputs: {
        features: rowsInMemory(stimulusIds, ['channel', 'height', 'width'], map, maps),
        ...(vector ? { descriptor: vector } : {}),
      },
      responses: {
        stimulusIds,
        voxelIds: fields.map((_, i) => `v${i}`),
        values: labelled(['stimulus', 'voxel'], [nStimuli, fields.length], data),
      },
      seed: 1,
    },
  };
}

/** A Gaussian mask of sum 1, centre and standard deviation in half widths of a square map. */
export function bell(size: number, centre: readonly [x: number, y: number], deviation: number): Float64Array {
  const at = (i: number) => (2 * i + 1) / size - 1;
  const values = Float64Array.from({ length: size * size }, (_, p) => {
    const [dx, dy] = [at(p % size) - centre[0], at(Math.floor(p / size)) - centre[1]];
    return Math.exp(-(dx * dx + dy * dy) / (2 * deviation * deviation));
  });
  const sum = values.reduce((total, value) => total + value);
  return values.map((value) => value / sum);
}
