// A readout that keeps every promise: ridge with one fixed small penalty, voxel by voxel on what was measured.

import {
  aborted,
  labelled,
  nonFinite,
  optionsParser,
  readAllRows,
  type FeatureRows,
  type FitRequest,
  type FittedReadout,
  type Readout,
  type ReadoutState,
  type StimulusByVoxel,
} from '@striate/contracts';
import type { ReadoutSubject } from '../../src/index.js';
import { solve } from './solve.js';

const NAME = 'plain-ridge';
const PENALTY = 1e-3;

/** Per voxel, the weights of all features and then the intercept. */
type Model = readonly Float64Array[];

export function createPlainRidge(): Readout {
  return {
    specVersion: 'v1',
    id: NAME,
    title: 'Ridge with one penalty',
    version: 1,
    isVoxelIndependent: true,
    accepts: 'any',
    parseOptions: optionsParser(NAME, {}),
    estimateMemory: ({ nStimuli, rowLength, nVoxels }) => 8 * nStimuli * (rowLength + nVoxels),
    estimateWork: ({ nStimuli, rowLength, nVoxels }) => nStimuli * rowLength ** 2 * nVoxels,
    describe: () => `ridge with penalty ${PENALTY}`,
    doFit: async (request) => fittedFrom(await fitVoxels(request)),
    fromState: ({ arrays }) => fittedFrom(unpack(arrays['weights'])),
  };
}

async function fitVoxels({ inputs, responses, signal }: FitRequest): Promise<Model> {
  stopIfAborted(signal);
  const rows = await readRows(inputs.features);
  const { voxelIds, values, observed } = responses;
  return voxelIds.map((_, v) => {
    const at = (s: number) => s * voxelIds.length + v;
    const seen = rows.map((_row, s) => s).filter((s) => !observed || observed[at(s)]);
    if (seen.length === 0) return new Float64Array(rows[0].length + 1).fill(NaN);
    return fitVoxel(
      seen.map((s) => rows[s]),
      seen.map((s) => values.data[at(s)]),
    );
  });
}

async function readRows(features: FeatureRows): Promise<Float32Array[]> {
  const { shape, data } = await readAllRows(features);
  const first = data.findIndex((value: number) => !Number.isFinite(value));
  if (first >= 0) throw nonFinite({ what: 'features', count: 1, total: data.length, first: `${first}` });
  const length = shape[1];
  return Array.from({ length: shape[0] }, (_, s) =>
    (data as Float32Array).slice(s * length, (s + 1) * length),
  );
}

/** Solve (X'X + penalty I) w = X'y on centred features and responses. */
function fitVoxel(rows: readonly Float32Array[], y: readonly number[]): Float64Array {
  const nFeatures = rows[0].length;
  const mean = Float64Array.from({ length: nFeatures }, (_, f) => meanOf(rows.map((row) => row[f])));
  const centre = meanOf(y);
  const gram = Array.from({ length: nFeatures }, (_, i) =>
    Float64Array.from({ length: nFeatures }, (_unused, j) => {
      const product = sumOf(rows.map((row) => (row[i] - mean[i]) * (row[j] - mean[j])));
      return product + (i === j ? PENALTY : 0);
    }),
  );
  const moment = Float64Array.from({ length: nFeatures }, (_, f) =>
    sumOf(rows.map((row, s) => (row[f] - mean[f]) * (y[s] - centre))),
  );
  const weights = solve(gram, moment);
  const intercept = centre - sumOf([...weights].map((weight, f) => weight * mean[f]));
  return Float64Array.of(...weights, intercept);
}

function fittedFrom(model: Model): FittedReadout {
  return {
    perVoxel: { alpha: Float64Array.from(model, () => PENALTY) },
    nParameters: model.length * model[0].length,
    warnings: [],
    async doPredict({ features }, signal) {
      stopIfAborted(signal);
      const rows = await readRows(features);
      const predictions = rows.flatMap((row) => model.map((weights) => predictOne(row, weights)));
      const shape = [rows.length, model.length] as const;
      return labelled(['stimulus', 'voxel'], shape, Float64Array.from(predictions));
    },
    async doPredictParts({ features }) {
      const parts: Record<string, StimulusByVoxel> = {};
      let start = 0;
      for (const { name, rows } of features.bands ?? [{ name: 'all', rows: features }]) {
        const [own, from] = [await readRows(rows), start];
        const data = own.flatMap((row) =>
          model.map((weights) => sumOf([...row].map((x, f) => x * weights[from + f]))),
        );
        parts[name] = labelled(['stimulus', 'voxel'], [own.length, model.length], Float64Array.from(data));
        start += own[0].length;
      }
      return parts;
    },
    toState: async () => ({ arrays: { weights: pack(model) }, values: {} }),
  };
}

function predictOne(row: Float32Array, weights: Float64Array): number {
  return row.reduce((sum, value, f) => sum + value * weights[f], weights[row.length]);
}

function pack(model: Model): ReadoutState['arrays'][string] {
  const data = Float64Array.from(model.flatMap((weights) => [...weights]));
  return labelled(['voxel', 'feature'], [model.length, model[0].length], data);
}

function unpack({ shape, data }: ReadoutState['arrays'][string]): Model {
  return Array.from({ length: shape[0] }, (_, v) =>
    Float64Array.from(data.slice(v * shape[1], (v + 1) * shape[1])),
  );
}

function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted(NAME);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

export function honestReadout(): ReadoutSubject {
  return { plugin: NAME, readout: createPlainRidge(), options: {} };
}
