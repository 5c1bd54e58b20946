import type { PredictionScores, StimulusByVoxel } from '@striate/contracts';
import type { ScorerSubject } from '../../src/index.js';
import { createPlainPearson, honestScorer, type ScoredData } from '../honest/scorer.js';
import type { Mutant } from '../mutant.js';
import { optionsMutants } from './options.js';

export const scorerMutants: readonly Mutant<ScorerSubject>[] = [
  onValues('scorer/perfect-is-maximum', 'shrinks its scores', (values) => values.map((r) => 0.99 * r)),
  onValues('scorer/perfect-is-maximum', 'finds everything perfect', (values) => values.map(() => 1)),
  onValues('scorer/in-range', 'leaves its range', (values) => values.map((r) => (r < 0 ? r - 0.2 : r))),
  onValues('scorer/unrelated-at-chance', 'takes the sign away', (values) => values.map(Math.abs)),
  onData('scorer/documented-invariances', 'depends on the offset of predictions', (data) => ({
    ...data,
    predictions: mapMatrix(data.predictions, (value) => Math.max(value, 0)),
  })),
  onData('scorer/stimulus-order-irrelevant', 'forgets the last stimulus', (data) => ({
    ...data,
    predictions: withoutLast(data.predictions),
    responses: withoutLast(data.responses),
  })),
  mutant('scorer/float32-agrees', 'computes in the precision of the data', async (data) => {
    const scores = await createPlainPearson().doScore(data, {});
    const isNarrow = data.responses.data instanceof Float32Array;
    return isNarrow ? { ...scores, values: scores.values.map(Math.fround) } : scores;
  }),
  {
    fault: 'gives every part the whole score',
    caughtBy: 'scorer/split-adds-up',
    subject: () => ({
      ...honestScorer(),
      scorer: {
        ...createPlainPearson(),
        async doSplit({ parts, ...data }) {
          const { values } = await createPlainPearson().doScore(data, {});
          return Object.fromEntries(Object.keys(parts).map((name) => [name, values]));
        },
      },
    }),
  },
  onValues('scorer/deterministic', 'draws at random', (values) => values.map((r) => r + 1e-15 * ticks++)),
  onValues('scorer/voxel-independent', 'divides by the best voxel', (values) =>
    values.map((r) => r / Math.max(...values)),
  ),
  onValues('scorer/voxel-independent', 'reads the next voxel', (values) =>
    values.map((_, v) => values[v + 1] ?? values[v]),
  ),
  onValues('scorer/constant-voxel-undefined', 'gives a dead voxel 0', (values) => values.map((r) => r || 0)),
  mutant('scorer/constant-voxel-undefined', 'does not count what is undefined', async (data) => ({
    ...(await createPlainPearson().doScore(data, {})),
    nUndefined: 0,
  })),
  onData('scorer/nan-prediction-undefined', 'takes a missing prediction for 0', (data) => ({
    ...data,
    predictions: mapMatrix(data.predictions, (value, i) => value || 1e-9 * i),
  })),
  onData('scorer/mask-honoured', 'ignores the mask', ({ predictions, responses }) => ({
    predictions,
    responses,
  })),
  onData('scorer/mask-honoured', 'scores a masked response as 0', ({ observed, ...data }) => ({
    predictions: data.predictions,
    responses: mapMatrix(data.responses, (value, i) => (observed && !observed[i] ? 0 : value)),
  })),
  mutant('scorer/n-counted', 'counts all stimuli for every voxel', async (data) => ({
    ...(await createPlainPearson().doScore(data, {})),
    n: new Uint32Array(data.responses.shape[1]).fill(data.responses.shape[0]),
  })),
  onData('scorer/shapes-checked', 'scores what it gets', (data) => ({
    ...data,
    predictions: { ...data.predictions, shape: data.responses.shape },
  })),
  onData('scorer/inputs-untouched', 'centres predictions in place', (data) => {
    data.predictions.data.forEach((value, i) => (data.predictions.data[i] = value - 1));
    return data;
  }),
  ...optionsMutants('scorer', honestScorer, 'scorer'),
];

let ticks = 1;

function mutant(
  caughtBy: string,
  fault: string,
  doScore: (data: ScoredData) => Promise<PredictionScores>,
): Mutant<ScorerSubject> {
  return {
    fault,
    caughtBy,
    subject: () => ({ ...honestScorer(), scorer: { ...createPlainPearson(), doScore } }),
  };
}

function onValues(caughtBy: string, fault: string, change: (values: Float64Array) => Float64Array) {
  return mutant(caughtBy, fault, async (data) => {
    const scores = await createPlainPearson().doScore(data, {});
    return { ...scores, values: change(scores.values) };
  });
}

function onData(caughtBy: string, fault: string, change: (data: ScoredData) => ScoredData) {
  return mutant(caughtBy, fault, (data) => createPlainPearson().doScore(change(data), {}));
}

function mapMatrix(matrix: StimulusByVoxel, change: (value: number, i: number) => number): StimulusByVoxel {
  return { ...matrix, data: matrix.data.map(change) };
}

function withoutLast({ shape, data, ...rest }: StimulusByVoxel): StimulusByVoxel {
  const [nStimuli, nVoxels] = shape;
  return { ...rest, shape: [nStimuli - 1, nVoxels], data: data.slice(0, -nVoxels) };
}
