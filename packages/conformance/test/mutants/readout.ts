import {
  labelled,
  readAllRows,
  rowsInMemory,
  type FitRequest,
  type FittedReadout,
  type FloatArray,
  type MeanResponses,
  type Readout,
  type ReadoutInputs,
  type ReadoutState,
  type StimulusByVoxel,
} from '@striate/contracts';
import type { ReadoutSubject } from '../../src/index.js';
import { createPlainRidge, honestReadout } from '../honest/readout.js';
import type { Mutant } from '../mutant.js';
import { optionsMutants } from './options.js';

export const readoutMutants: readonly Mutant<ReadoutSubject>[] = [
  onPredictions('readout/recovers-linear-map', 'predicts the mean over stimuli', (p) =>
    changeRows(p, meanRow),
  ),
  onRequest(
    'readout/recovers-linear-map',
    'joins features with the responses to the stimulus before',
    (request) => ({
      ...request,
      responses: changeResponses(request.responses, (data, { nVoxels }) => rotate(data, nVoxels)),
    }),
  ),
  mutant('readout/fewer-stimuli-than-features', 'wants more stimuli than features', (readout) => ({
    doFit(request, options) {
      if (request.inputs.features.stimulusIds.length < 36) throw new Error('singular matrix');
      return readout.doFit(request, options);
    },
  })),
  onRequest('readout/constant-voxel', 'divides responses by their standard deviation', (request) => ({
    ...request,
    responses: changeResponses(request.responses, divideBySd),
  })),
  onPredictions('readout/scales-with-responses', 'clips predictions at 5', (p) =>
    mapValues(p, (x) => Math.min(5, x)),
  ),
  mutant('readout/training-order-irrelevant', 'is drawn towards the last stimulus', (readout) => ({
    async doFit(request, options) {
      const fitted = await readout.doFit(request, options);
      const last = request.responses.values.data.at(-1)!;
      return predicting(fitted, (predictions) => mapValues(predictions, (x) => x + 0.5 * last));
    },
  })),
  onPredictions('readout/predicts-by-row', 'centres predictions over the stimuli of the call', (p) =>
    centre(p),
  ),
  onPredictions('readout/predicts-by-row', 'shifts rows by one', (p) => ({
    ...p,
    data: rotate(p.data, p.shape[1]),
  })),
  mutant('readout/parts-add-up', 'forgets a feature space', (readout) => ({
    async doFit(request, options) {
      const fitted = await readout.doFit(request, options);
      return {
        ...fitted,
        async doPredictParts(inputs) {
          const { second, ...parts } = await fitted.doPredictParts!(inputs);
          return { ...parts, second: mapValues(second, () => 0) };
        },
      };
    },
  })),
  onPredictions('readout/same-seed-same-bits', 'initialises without a seed', (p) =>
    mapValues(p, (x) => x + 1e-9 * ticks++),
  ),
  onPredictions('readout/voxel-independent', 'smooths over neighbouring voxels', (p) =>
    changeRows(p, smooth),
  ),
  onPredictions('readout/voxel-independent', 'adds what all voxels share', (p) => changeRows(p, addMean)),
  onRequest('readout/unmeasured-never-read', 'ignores the mask', ({ responses, ...request }) => {
    const { observed: _, ...unmasked } = changeResponses(responses, (data) => data.map((x) => x || 0));
    return { ...request, responses: unmasked };
  }),
  onRequest('readout/unmeasured-never-read', 'centres over all values, measured or not', (request) => ({
    ...request,
    responses: changeResponses(request.responses, (data) => {
      const mean = [...data].reduce((sum, x) => sum + (x || 0), 0) / data.length;
      return data.map((x) => x - mean);
    }),
  })),
  onPredictions('readout/unmeasured-voxel', 'predicts 0 for a voxel that it could not fit', (p) =>
    mapValues(p, (x) => x || 0),
  ),
  onRequest('readout/nan-response-not-hidden', 'replaces NaN by 0', (request) => ({
    ...request,
    responses: changeResponses(request.responses, (data) => data.map((x) => x || 0)),
  })),
  onFitted('readout/diagnostics-per-voxel', 'reports one penalty for all voxels', (fitted) => ({
    ...fitted,
    perVoxel: { alpha: Float64Array.of(1) },
  })),
  onFitted('readout/diagnostics-per-voxel', 'says that it fitted nothing', (fitted) => ({
    ...fitted,
    nParameters: 0,
  })),
  onState('readout/state-round-trip', 'stores weights as float32', (data) => Float32Array.from(data)),
  onState('readout/state-round-trip', 'forgets the intercepts', (data) =>
    data.map((x, i) => (i % 37 === 36 ? 0 : x)),
  ),
  mutant('readout/inputs-untouched', 'centres responses in place', (readout) => ({
    doFit(request, options) {
      const { data } = request.responses.values;
      data.forEach((value, i) => (data[i] = value - 1));
      return readout.doFit(request, options);
    },
  })),
  onInputs('readout/nan-features-refused', 'takes NaN features for 0', (x) => x || 0),
  mutant('readout/abort-honoured', 'fits on after an abort', (readout) => ({
    doFit: ({ inputs, responses, seed }, options) => readout.doFit({ inputs, responses, seed }, options),
  })),
  onFitted('readout/abort-honoured', 'predicts on after an abort', (fitted) => ({
    ...fitted,
    doPredict: (inputs) => fitted.doPredict(inputs),
  })),
  mutant('readout/cost-estimated', 'has no idea of its memory', () => ({ estimateMemory: () => NaN })),
  mutant('readout/cost-estimated', 'needs less time for more stimuli', () => ({
    estimateWork: ({ nStimuli }) => 1e9 / nStimuli,
  })),
  mutant('readout/describes-itself', 'says nothing of its choices', () => ({ describe: () => '' })),
  ...optionsMutants('readout', honestReadout, 'readout'),
];

let ticks = 0;

function mutant(
  caughtBy: string,
  fault: string,
  change: (readout: Readout) => Partial<Readout>,
): Mutant<ReadoutSubject> {
  const subject = () => {
    const readout = createPlainRidge();
    return { ...honestReadout(), readout: { ...readout, ...change(readout) } };
  };
  return { fault, caughtBy, subject };
}

function onFitted(caughtBy: string, fault: string, change: (fitted: FittedReadout) => FittedReadout) {
  return mutant(caughtBy, fault, (readout) => ({
    doFit: async (request, options) => change(await readout.doFit(request, options)),
  }));
}

function onRequest(caughtBy: string, fault: string, change: (request: FitRequest) => FitRequest) {
  return mutant(caughtBy, fault, (readout) => ({
    doFit: (request, options) => readout.doFit(change(request), options),
  }));
}

function onPredictions(
  caughtBy: string,
  fault: string,
  change: (values: StimulusByVoxel) => StimulusByVoxel,
) {
  return onFitted(caughtBy, fault, (fitted) => predicting(fitted, change));
}

function predicting(
  fitted: FittedReadout,
  change: (values: StimulusByVoxel) => StimulusByVoxel,
): FittedReadout {
  return { ...fitted, doPredict: async (inputs, signal) => change(await fitted.doPredict(inputs, signal)) };
}

function onState(caughtBy: string, fault: string, change: (weights: FloatArray) => FloatArray) {
  const changed = async (state: Promise<ReadoutState>): Promise<ReadoutState> => {
    const { weights } = (await state).arrays;
    return { arrays: { weights: { ...weights, data: change(weights.data) } }, values: {} };
  };
  return onFitted(caughtBy, fault, (fitted) => ({ ...fitted, toState: () => changed(fitted.toState()) }));
}

function onInputs(caughtBy: string, fault: string, change: (value: number) => number) {
  const changed = async ({ features }: ReadoutInputs): Promise<ReadoutInputs> => {
    const { data } = await readAllRows(features);
    const { stimulusIds, rowAxes, rowShape } = features;
    return { features: rowsInMemory(stimulusIds, rowAxes as ['feature'], rowShape, data.map(change)) };
  };
  return mutant(caughtBy, fault, (readout) => ({
    doFit: async (request, options) =>
      readout.doFit({ ...request, inputs: await changed(request.inputs) }, options),
  }));
}

function changeResponses(
  responses: MeanResponses,
  change: (data: FloatArray, size: { nVoxels: number }) => FloatArray,
): MeanResponses {
  const { values, voxelIds } = responses;
  return { ...responses, values: { ...values, data: change(values.data, { nVoxels: voxelIds.length }) } };
}

function divideBySd(data: FloatArray, { nVoxels }: { nVoxels: number }): FloatArray {
  return data.map((value, i) => {
    const voxel = [...data].filter((_, j) => j % nVoxels === i % nVoxels);
    const mean = voxel.reduce((sum, x) => sum + x, 0) / voxel.length;
    const sd = Math.sqrt(voxel.reduce((sum, x) => sum + (x - mean) ** 2, 0) / voxel.length);
    return value / sd;
  });
}

function rotate(data: FloatArray, by: number): FloatArray {
  return Float64Array.of(...data.slice(by), ...data.slice(0, by));
}

function mapValues(matrix: StimulusByVoxel, change: (value: number) => number): StimulusByVoxel {
  return { ...matrix, data: matrix.data.map(change) };
}

function changeRows(matrix: StimulusByVoxel, change: (row: readonly number[], rows: number[][]) => number[]) {
  const [nStimuli, nVoxels] = matrix.shape;
  const rows = Array.from({ length: nStimuli }, (_, s) => [
    ...matrix.data.slice(s * nVoxels, (s + 1) * nVoxels),
  ]);
  const data = Float64Array.from(rows.flatMap((row) => change(row, rows)));
  return labelled(['stimulus', 'voxel'], matrix.shape, data);
}

function meanRow(row: readonly number[], rows: number[][]): number[] {
  return row.map((_, v) => rows.reduce((sum, other) => sum + other[v], 0) / rows.length);
}

function centre(predictions: StimulusByVoxel): StimulusByVoxel {
  return changeRows(predictions, (row, rows) => meanRow(row, rows).map((mean, v) => row[v] - mean));
}

function smooth(row: readonly number[]): number[] {
  return row.map((value, v) => 0.99 * value + 0.01 * (row[v + 1] ?? value));
}

function addMean(row: readonly number[]): number[] {
  return row.map((value) => value + (0.01 * row.reduce((sum, x) => sum + x, 0)) / row.length);
}
