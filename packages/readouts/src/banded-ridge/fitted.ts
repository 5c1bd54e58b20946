// Fitted banded ridge: one ridge per feature space, whose predictions add up.

import type { Value } from '@striate/compute';
import {
  labelled,
  rowLength,
  shapeMismatch,
  type FeatureBand,
  type FeatureRows,
  type FittedReadout,
  type PredictionParts,
  type ReadoutState,
  type StimulusByVoxel,
  type Warning,
} from '@striate/contracts';
import type { RidgeEngine } from '../ridge/fit.js';
import { predict, type DualsOfGroup, type WeightsOfGroup } from '../ridge/fitted.js';
import { linearGraph } from '../ridge/graph.js';
import { readerOf } from '../ridge/rows.js';
import { readGroups, readPerVoxel, writeGroups, writePerVoxel } from '../ridge/state.js';
import { stackBands } from './stack.js';

/** What one feature space predicts; the constant is not in it. */
export interface FittedBand {
  readonly name: string;
  readonly nFeatures: number;
  /** One per group of voxels that saw the same stimuli. */
  readonly groups: readonly (WeightsOfGroup | DualsOfGroup)[];
}

export interface FittedBanded {
  readonly bands: readonly FittedBand[];
  /** Constant of each voxel; NaN for a voxel that was not fitted. */
  readonly constants: Float64Array;
  readonly perVoxel: Readonly<Record<string, Float64Array>>;
  readonly warnings: readonly Warning[];
}

/** The feature spaces of features; features without any are one. */
export function bandsOf(features: FeatureRows): readonly FeatureBand[] {
  return features.bands ?? [{ name: 'features', rows: features }];
}

export function fittedReadout(engine: RidgeEngine, fitted: FittedBanded): FittedReadout {
  const { bands, constants, perVoxel, warnings } = fitted;
  const nFeatures = bands.reduce((sum, band) => sum + band.nFeatures, 0);
  const predictParts = (features: FeatureRows, signal?: AbortSignal) =>
    predictBands(engine, fitted, features, signal);
  return {
    perVoxel,
    warnings,
    nParameters: constants.length * (nFeatures + 1),
    doPredict: async ({ features }, signal) => addUp(await predictParts(features, signal), constants),
    doPredictParts: ({ features }, signal) => predictParts(features, signal),
    toGraph: async ({ features }) =>
      linearGraph(stackBands(await asWeights(engine, bands), constants), constants.length, features as Value),
    async toState() {
      const arrays: Record<string, ReadoutState['arrays'][string]> = {
        constants: labelled(['voxel'], [constants.length], constants),
        ...writePerVoxel(perVoxel),
      };
      for (const [b, { groups }] of bands.entries())
        for (const [name, array] of Object.entries(await writeGroups(engine.algebra, groups)))
          arrays[`band${b}:${name}`] = array;
      const facts = bands.map(({ name, nFeatures: n, groups }) => ({
        name,
        nFeatures: n,
        nGroups: groups.length,
      }));
      return { arrays, values: { bands: facts, warnings: [...warnings] } };
    },
  };
}

export function restoreBands(engine: RidgeEngine, { arrays, values }: ReadoutState): FittedReadout {
  const { bands, warnings } = values as {
    bands: { name: string; nFeatures: number; nGroups: number }[];
    warnings: Warning[];
  };
  return fittedReadout(engine, {
    bands: bands.map(({ name, nFeatures, nGroups }, b) => ({
      ...{ name, nFeatures, groups: readGroups(pickBand(arrays, b), nGroups) },
    })),
    constants: Float64Array.from(arrays['constants'].data),
    perVoxel: readPerVoxel(arrays),
    warnings,
  });
}

function pickBand(arrays: ReadoutState['arrays'], band: number): ReadoutState['arrays'] {
  const prefix = `band${band}:`;
  const own = Object.entries(arrays).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, array]) => [name.slice(prefix.length), array]));
}

async function asWeights(engine: RidgeEngine, bands: readonly FittedBand[]): Promise<WeightsOfGroup[][]> {
  const all: WeightsOfGroup[][] = [];
  for (const { groups } of bands)
    all.push(readGroups(await writeGroups(engine.algebra, groups), groups.length));
  return all;
}

async function predictBands(
  engine: RidgeEngine,
  { bands, constants }: FittedBanded,
  features: FeatureRows,
  signal: AbortSignal | undefined,
): Promise<PredictionParts> {
  const given = bandsOf(features);
  requireSameBands(bands, given);
  const size = { nStimuli: features.stimulusIds.length, nVoxels: constants.length };
  const parts: Record<string, StimulusByVoxel> = {};
  for (const [b, { name, groups }] of bands.entries()) {
    const options = { ...size, ...(signal ? { signal } : {}) };
    parts[name] = await predict(engine, groups, readerOf(given[b].rows), options);
  }
  return parts;
}

function addUp(parts: PredictionParts, constants: Float64Array): StimulusByVoxel {
  const [first, ...others] = Object.values(parts);
  const nVoxels = constants.length;
  const data = Float64Array.from(first.data, (value, i) =>
    others.reduce((sum, part) => sum + part.data[i], value + constants[i % nVoxels]),
  );
  return { ...first, data };
}

function requireSameBands(expected: readonly FittedBand[], given: readonly FeatureBand[]): void {
  const inWords = (bands: readonly { name: string; n: number }[]) =>
    bands.map(({ name, n }) => `"${name}" (${n})`).join(', ');
  const [wanted, actual] = [
    inWords(expected.map(({ name, nFeatures }) => ({ name, n: nFeatures }))),
    inWords(given.map(({ name, rows }) => ({ name, n: rowLength(rows) }))),
  ];
  if (wanted === actual) return;
  throw shapeMismatch({
    ...{ what: 'feature spaces for a fitted banded ridge', expected: `${wanted}, as in training`, actual },
    hint: 'Predict with the feature spaces that the readout was fitted on.',
  });
}
