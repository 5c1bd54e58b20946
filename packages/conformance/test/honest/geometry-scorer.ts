// A geometry scorer that keeps every promise: Pearson's correlation of the upper triangles of RDMs.

import {
  optionsParser,
  readAllRows,
  shapeMismatch,
  type GeometryCeiling,
  type GeometryScorer,
  type GeometryTarget,
} from '@striate/contracts';
import type { GeometryScorerSubject } from '../../src/index.js';
import { correlate } from './scorer.js';

export function createPlainRsa(): GeometryScorer {
  return {
    specVersion: 'v1',
    kind: 'geometry',
    id: 'plain-rsa',
    title: 'RSA by Pearson correlation',
    version: 1,
    range: [-1, 1],
    parseOptions: optionsParser('plain-rsa', {}),
    describe: () => 'Pearson correlation of RDMs',
    async doScore({ features, targets }) {
      const { shape, data } = await readAllRows(features);
      for (const target of targets) assertStimuli(target, shape[0]);
      const model = triangle(rowsOf(data, shape[1]));
      return Float64Array.from(targets, (target) => correlate(model, triangleOf(target)));
    },
    doEstimateCeiling: async (targets) => ceilingOf(targets.map(triangleOf)),
  };
}

function assertStimuli({ rdm, responses }: GeometryTarget, nStimuli: number): void {
  const { shape } = (rdm ?? responses)!;
  if (shape[0] === nStimuli) return;
  throw shapeMismatch({ what: 'target', expected: `${nStimuli} stimuli`, actual: `${shape[0]}` });
}

function triangleOf({ rdm, responses }: GeometryTarget): number[] {
  if (responses) return triangle(rowsOf(responses.data, responses.shape[1]));
  const n = rdm!.shape[0];
  return [...rdm!.data].filter((_, i) => i % n > Math.floor(i / n));
}

function rowsOf(data: ArrayLike<number>, length: number): number[][] {
  return Array.from({ length: data.length / length }, (_, row) =>
    Array.from({ length }, (_unused, column) => data[row * length + column]),
  );
}

/** 1 - correlation of each two patterns. */
function triangle(patterns: readonly number[][]): number[] {
  return patterns.flatMap((a, i) => patterns.slice(i + 1).map((b) => 1 - correlate(a, b)));
}

function ceilingOf(rdms: readonly number[][]): GeometryCeiling {
  const method = 'leave-one-subject-out';
  if (rdms.length < 2) return { method, lower: NaN, upper: NaN };
  const sum = (some: readonly number[][]) =>
    some[0].map((_, pair) => some.reduce((total, rdm) => total + rdm[pair], 0));
  const lower = rdms.map((rdm) => correlate(rdm, sum(rdms.filter((other) => other !== rdm))));
  const upper = rdms.map((rdm) => correlate(rdm, sum(rdms)));
  return { method, lower: meanOf(lower), upper: meanOf(upper) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function honestGeometryScorer(): GeometryScorerSubject {
  return { plugin: 'plain-rsa', scorer: createPlainRsa(), options: {} };
}
