import {
  labelled,
  rowsInMemory,
  type FeatureRows,
  type GeometryTarget,
  type StimulusByVoxel,
} from '@striate/contracts';
import { matrixOf, numberedIds, positions, voxelOf } from '../planted/matrix.js';
import { randomFrom } from '../planted/random.js';
import { correlationOf } from '../planted/statistics.js';
import type { TargetKind } from './subject.js';

export const N_STIMULI = 16;
const N_VALUES = 24;

/** Patterns of stimuli: shared ones, with independent noise of a given size over them. Values are exact in float32. */
export function plantPatterns(noise = 0, seed = 1): StimulusByVoxel {
  const shared = randomFrom(1);
  const own = randomFrom(100 + seed);
  return matrixOf(N_STIMULI, N_VALUES, () => Math.fround(shared.normal() + noise * own.normal()));
}

/** Patterns that have nothing to do with the shared ones. */
export function plantUnrelated(seed: number): StimulusByVoxel {
  const random = randomFrom(1000 + seed);
  return matrixOf(N_STIMULI, N_VALUES, () => Math.fround(random.normal()));
}

/** Patterns as features of a model. */
export function featuresOf(patterns: StimulusByVoxel): FeatureRows {
  const [nStimuli, nValues] = patterns.shape;
  const data = patterns.data instanceof Float32Array ? patterns.data : Float32Array.from(patterns.data);
  return rowsInMemory(numberedIds('s', nStimuli), ['feature'], [nValues], data);
}

/** Patterns as what was measured in a subject. */
export function targetOf(patterns: StimulusByVoxel, kind: TargetKind, subject = 'subj01'): GeometryTarget {
  return kind === 'rdm' ? { subject, rdm: rdmOf(patterns) } : { subject, responses: patterns };
}

/** Targets of several subjects that share a geometry but for noise. */
export function plantTargets(kind: TargetKind, noise: number, nSubjects = 3): GeometryTarget[] {
  return positions(nSubjects).map((i) => targetOf(plantPatterns(noise, i + 1), kind, `subj0${i + 1}`));
}

/** 1 - Pearson's correlation between the patterns of each two stimuli. */
export function rdmOf(patterns: StimulusByVoxel): NonNullable<GeometryTarget['rdm']> {
  const byStimulus = transpose(patterns);
  const columns = positions(patterns.shape[0]).map((s) => voxelOf(byStimulus, s));
  const data = Float64Array.from(columns.flatMap((a, i) => columns.map((b, j) => distance(a, b, i === j))));
  return labelled(['condition', 'condition'], [columns.length, columns.length], data);
}

function distance(a: Float64Array, b: Float64Array, isSame: boolean): number {
  return isSame ? 0 : 1 - correlationOf(a, b);
}

function transpose(matrix: StimulusByVoxel): StimulusByVoxel {
  const [nRows, nColumns] = matrix.shape;
  return matrixOf(nColumns, nRows, (column, row) => matrix.data[row * nColumns + column]);
}
