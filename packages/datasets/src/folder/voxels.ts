// voxels.csv: where was measured. The order of a subject's rows is the order of its columns in the responses.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tableMalformed, type Voxel } from '@striate/contracts';
import { readTable, requiredCell, type Table, type TableRow } from '../csv/table.js';

const AXES = ['x', 'y', 'z'] as const;

/**
 * Read the table of voxels; empty if the folder has none (a dataset of RDMs only).
 *
 * @throws {DataError} `STRIATE_TABLE_MALFORMED` for an id that a subject has twice, an empty region name, or coordinates
 *   that are no numbers or not three.
 */
export async function readVoxels(folder: string): Promise<Voxel[]> {
  const path = join(folder, 'voxels.csv');
  if (!existsSync(path)) return [];
  const table = await readTable(path, 'The table of voxels', ['id', 'subject', 'region']);
  if (table.rows.length === 0) throw tableMalformed({ path, reason: 'it has no rows' });
  const voxels = table.rows.map((row) => readVoxel(table, row));
  requireUniqueVoxels(table, voxels);
  return voxels;
}

function readVoxel(table: Table, row: TableRow): Voxel {
  const coordinates = readCoordinates(table, row);
  return {
    id: requiredCell(table, row, 'id'),
    subject: requiredCell(table, row, 'subject'),
    regions: readRegions(table, row),
    ...(coordinates ? { coordinates } : {}),
  };
}

/** `V1;V2` is two regions; an empty cell is none. */
function readRegions(table: Table, row: TableRow): string[] {
  const cell = row.cell('region');
  if (cell === '') return [];
  const regions = cell.split(';').map((region) => region.trim());
  if (regions.includes('')) {
    throw tableMalformed({
      path: table.path,
      line: row.line,
      reason: `"${cell}" holds an empty region name`,
    });
  }
  return [...new Set(regions)];
}

function readCoordinates(table: Table, row: TableRow): [number, number, number] | undefined {
  const cells = AXES.map((axis) => row.cell(axis));
  if (cells.every((cell) => cell === '')) return undefined;
  const [x, y, z] = cells.map((cell) => (cell === '' ? NaN : Number(cell)));
  if ([x, y, z].every(Number.isFinite)) return [x, y, z];
  throw tableMalformed({
    path: table.path,
    line: row.line,
    reason: `x, y, z are "${cells.join('", "')}", not three numbers`,
  });
}

function requireUniqueVoxels(table: Table, voxels: readonly Voxel[]): void {
  const lineOfVoxel = new Map<string, number>();
  voxels.forEach(({ subject, id }, position) => {
    const { line } = table.rows[position];
    const key = JSON.stringify([subject, id]);
    const first = lineOfVoxel.get(key);
    if (first !== undefined) {
      throw tableMalformed({
        path: table.path,
        line,
        reason: `voxel "${id}" of subject "${subject}" stands on line ${first} already`,
      });
    }
    lineOfVoxel.set(key, line);
  });
}
