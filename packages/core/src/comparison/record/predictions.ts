// Scores of predictions: per voxel, and per region in every convention that was asked for.

import {
  encodeFloats,
  type CeilingValues,
  type Convention,
  type ConventionResult,
  type PredictionCell,
  type TaskGraph,
} from '@striate/contracts';
import { tasksOf, type ComparisonTask } from '../../plan/tasks.js';
import type { Artefact, ArtefactStore } from '../../store/index.js';
import type { OpenComparison } from '../open.js';
import { partsOf } from '../perform/parts.js';
import type { SelectedSubject } from '../subjects.js';
import { summarise } from '../summary.js';
import type { RecordedCeiling } from './ceilings.js';
import { orNull } from './or-null.js';

/** One cell per score task, in the plan's order. */
export async function gatherPredictions(
  { subjects, parts }: OpenComparison,
  graph: TaskGraph<ComparisonTask>,
  store: ArtefactStore,
  ceilings: ReadonlyMap<string, RecordedCeiling>,
): Promise<PredictionCell[]> {
  const cells: PredictionCell[] = [];
  for (const { key, model, layer, readout, subject, scorer } of tasksOf(graph, 'score')) {
    const selected = subjects.find((each) => each.subject === subject)!;
    const scorerId = parts.predictionScorers.find((each) => each.name === scorer)!.part.id;
    const conventions = parts.conventions.filter((convention) => convention.scorer === scorerId);
    const artefact = await store.get(key);
    const scores = artefact.arrays['values'].data as Float64Array;
    const { nStimuli } = artefact.values as { nStimuli: [number, number] };
    const regions = summariseRegions(scores, selected, conventions, ceilings.get(subject));
    const split = gatherSplit(artefact);
    const cell = { model, layer, readout, subject, scorer, values: encodeFloats(scores), nStimuli, regions };
    cells.push(split ? { ...cell, parts: split } : cell);
  }
  return cells;
}

function gatherSplit({ arrays }: Artefact): PredictionCell['parts'] {
  const shares = Object.entries(partsOf(arrays));
  if (shares.length === 0) return undefined;
  return Object.fromEntries(shares.map(([name, { data }]) => [name, encodeFloats(data as Float64Array)]));
}

function summariseRegions(
  values: Float64Array,
  subject: SelectedSubject,
  conventions: readonly Convention[],
  ceiling: CeilingValues | undefined,
): PredictionCell['regions'] {
  return [...subject.regions]
    .filter(([, voxels]) => voxels.length > 0)
    .map(([region, voxels]) => ({
      region,
      summary: summarise(values, voxels),
      conventions: conventions.map((convention): ConventionResult => {
        const pick = (from: Float64Array) => Float64Array.from(voxels, (voxel) => from[voxel]);
        const ceilingHere = ceiling && {
          correlation: pick(ceiling.correlation),
          variance: pick(ceiling.variance),
        };
        const scores = pick(values);
        const normalised = convention.apply(ceilingHere ? { scores, ceiling: ceilingHere } : { scores });
        return {
          convention: convention.id,
          aggregate: orNull(normalised.aggregate),
          nVoxels: normalised.nVoxels,
        };
      }),
    }));
}
