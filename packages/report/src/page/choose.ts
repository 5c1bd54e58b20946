// Which cells are shown: groups by readout and scorer, and in each the best layers.

import type { RunRecord } from '@striate/contracts';
import { groupBy, meanOf, type Cell } from './cells.js';
import type { Reference } from '../charts/reference.js';

/** The layer with the largest mean for each model and readout, in the order of the cells; cells are of one region. */
export function bestLayers(cells: readonly Cell[]): Cell[] {
  const defined = cells.filter((cell) => !Number.isNaN(cell.mean));
  const groups = groupBy(defined, ({ model, readout }) => JSON.stringify([model, readout]));
  return groups.map((own) => own.reduce((best, cell) => (cell.mean > best.mean ? cell : best)));
}

/**
 * The cell with the largest mean, out of cells of one region. Means over few voxels are no match for means over many: a cell
 * that is defined for less than half as many as another is never the best.
 */
export function bestOf(cells: readonly Cell[]): Cell | undefined {
  const most = mostDefined(cells);
  const comparable = cells.filter((cell) => 2 * cell.n >= most && !Number.isNaN(cell.mean));
  return comparable.reduce<Cell | undefined>(
    (best, cell) => (best && best.mean >= cell.mean ? best : cell),
    undefined,
  );
}

/** `n of N` for a cell that is defined for fewer voxels than another of the region; empty for the others. */
export function coverage({ n, nUndefined }: Cell, region: readonly Cell[]): string {
  return n < mostDefined(region) ? `${n} of ${n + nUndefined}` : '';
}

function mostDefined(cells: readonly Cell[]): number {
  return Math.max(...cells.map(({ n }) => n));
}

export interface Combination {
  /** For people: scorer and readout. */
  readonly label: string;
  readonly scorer: string;
  readonly readout: string;
  readonly cells: readonly Cell[];
}

/** Cells by scorer and readout. */
export function combinations(cells: readonly Cell[]): Combination[] {
  return groupBy(cells, ({ scorer, readout }) => JSON.stringify([scorer, readout])).map((group) => {
    const [{ scorer, readout }] = group;
    return { label: readout === '' ? scorer : `${scorer}, ${readout}`, scorer, readout, cells: group };
  });
}

/** Cells by scorer, all readouts together. */
export function byScorer(
  cells: readonly Cell[],
): { readonly label: string; readonly cells: readonly Cell[] }[] {
  return groupBy(cells, ({ scorer }) => scorer).map((group) => {
    const labels = combinations(group).map(({ label }) => label);
    return { label: labels.length === 1 ? labels[0] : group[0].scorer, cells: group };
  });
}

/** The best layers by region, in the record's order; regions without scores are left out. */
export function bestByRegion(record: RunRecord, cells: readonly Cell[]) {
  return record.regions
    .map((region) => ({ region, cells: bestLayers(cells.filter((cell) => cell.region === region)) }))
    .filter((each) => each.cells.length > 0);
}

/** Position of a model in the record: its colour. */
export function modelIndex(record: RunRecord, model: string): number {
  return record.models.findIndex(({ name }) => name === model);
}

/** Position of a readout in the record: its colour where readouts are compared. */
export function readoutIndex(record: RunRecord, readout: string): number {
  return record.readouts.findIndex(({ name }) => name === readout);
}

/**
 * What a cell could reach at most: the bounds over subjects for geometry, else the mean over the voxels whose score and
 * ceiling are both defined; `undefined` where no ceiling is known.
 */
export function ceilingOf(
  record: RunRecord,
  { scorer, region, values, ceilings }: Cell,
): Reference | undefined {
  const bounds = record.geometryCeilings.find((each) => each.scorer === scorer && each.region === region);
  if (bounds && bounds.lower !== null && bounds.upper !== null) {
    const { lower: low, upper: high } = bounds;
    return { label: `ceiling ${low.toFixed(3)} to ${high.toFixed(3)}`, low, high };
  }
  const defined = ceilings.filter((ceiling, i) => !Number.isNaN(ceiling) && !Number.isNaN(values[i]));
  if (defined.length === 0) return undefined;
  const ceiling = meanOf(defined);
  return { label: `mean noise ceiling ${ceiling.toFixed(3)}`, low: ceiling, high: ceiling };
}
