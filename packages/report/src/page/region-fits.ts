// What readouts report, beside the scores: for each region the fits of the best layers.

import {
  decodeFloats,
  type EncodedFloats,
  type FitRecord,
  type RunFacts,
  type RunRecord,
} from '@striate/contracts';
import type { Cell } from './cells.js';
import { bestByRegion } from './choose.js';

/** The fits behind a cell, all subjects together. */
export interface RegionFit {
  readonly cell: Cell;
  readonly parametersPerVoxel: number;
  /** Wall-clock seconds of the fits of this layer, all regions together; NaN where they are not known. */
  readonly seconds: number;
  /** Of the region's voxels, subjects one after the other; empty if no fit reports the quantity. */
  valuesOf(quantity: string): readonly number[];
}

/**
 * The fits of each model's and readout's best layer in each region, by the first scorer.
 *
 * @param run Without it no time is known.
 */
export function regionFits(record: RunRecord, cells: readonly Cell[], run?: RunFacts): RegionFit[] {
  const own = cells.filter(({ scorer }) => scorer === cells[0].scorer);
  const decode = decodeOnce();
  return bestByRegion(record, own).flatMap(({ cells: best }) =>
    best.flatMap((cell) => {
      const fits = record.fits.filter((fit) => isOf(cell, fit));
      return fits.length === 0 ? [] : [regionFit(record, cell, fits, decode, run)];
    }),
  );
}

type Decode = (floats: EncodedFloats) => Float64Array;

function regionFit(
  record: RunRecord,
  cell: Cell,
  fits: readonly FitRecord[],
  decode: Decode,
  run?: RunFacts,
): RegionFit {
  const subjectOf = (fit: FitRecord) => record.subjects.find(({ subject }) => subject === fit.subject)!;
  const nVoxels = sum(fits.map((fit) => subjectOf(fit).voxelIds.length));
  const times = fits.map(
    (fit) =>
      run?.fits.find((time) => isOf(cell, time) && time.subject === fit.subject)?.seconds ?? Number.NaN,
  );
  return {
    cell,
    parametersPerVoxel: sum(fits.map(({ nParameters }) => nParameters)) / nVoxels,
    seconds: sum(times),
    valuesOf(quantity) {
      if (!fits.some(({ perVoxel }) => quantity in perVoxel)) return [];
      return fits.flatMap((fit) => {
        const values = quantity in fit.perVoxel ? decode(fit.perVoxel[quantity]) : undefined;
        const positions = subjectOf(fit).regions[cell.region] ?? [];
        return positions.map((position) => values?.[position] ?? Number.NaN);
      });
    },
  };
}

function isOf(
  cell: Cell,
  { model, layer, readout }: Pick<FitRecord, 'model' | 'layer' | 'readout'>,
): boolean {
  return cell.model === model && cell.layer === layer && cell.readout === readout;
}

/** Each array of the record is asked for once per region. */
function decodeOnce(): Decode {
  const known = new Map<EncodedFloats, Float64Array>();
  return (floats) => {
    const values = known.get(floats) ?? decodeFloats(floats);
    known.set(floats, values);
    return values;
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
