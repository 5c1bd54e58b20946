// A prediction scorer that keeps every promise: Pearson's correlation, written as the formula stands.

import { optionsParser, shapeMismatch, type PredictionScorer } from '@striate/contracts';
import type { ScorerSubject } from '../../src/index.js';

export type ScoredData = Parameters<PredictionScorer['doScore']>[0];

export function createPlainPearson(): PredictionScorer {
  return {
    specVersion: 'v1',
    kind: 'prediction',
    id: 'plain-pearson',
    title: 'Pearson correlation',
    version: 1,
    range: [-1, 1],
    parseOptions: optionsParser('plain-pearson', {}),
    describe: () => 'Pearson correlation',
    doScore: async (data) => scoreVoxels(data),
  };
}

function scoreVoxels({ predictions, responses, observed }: ScoredData) {
  if (`${predictions.shape}` !== `${responses.shape}`) {
    throw shapeMismatch({
      what: 'predictions',
      expected: `${responses.shape}`,
      actual: `${predictions.shape}`,
    });
  }
  const [nStimuli, nVoxels] = responses.shape;
  const values = new Float64Array(nVoxels);
  const n = new Uint32Array(nVoxels);
  for (let v = 0; v < nVoxels; v++) {
    const cells = Array.from({ length: nStimuli }, (_, s) => s * nVoxels + v).filter(
      (i) => !observed || observed[i],
    );
    const [x, y] = [predictions, responses].map(({ data }) => cells.map((i) => data[i]));
    values[v] = correlate(x, y);
    n[v] = cells.length;
  }
  return { values, n, nUndefined: values.filter(Number.isNaN).length };
}

/** NaN where x or y is constant, or holds NaN. */
export function correlate(x: readonly number[], y: readonly number[]): number {
  if (new Set(x).size === 1 || new Set(y).size === 1) return NaN;
  const [dx, dy] = [centred(x), centred(y)];
  return dot(dx, dy) / Math.sqrt(dot(dx, dx) * dot(dy, dy));
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function dot(x: readonly number[], y: readonly number[]): number {
  return x.reduce((sum, value, i) => sum + value * y[i], 0);
}

export function honestScorer(): ScorerSubject {
  return {
    plugin: 'plain-pearson',
    scorer: createPlainPearson(),
    options: {},
    invariantTo: ['shift', 'scale'],
    perfect: 1,
  };
}
