// caption-grids.jsonl: what is said of the cells of a grid over each image. One stimulus per line, its cells as nested lists,
// because such a grid says itself how large it is and where a caption belongs: there is nothing to count from 0 or from 1.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tableMalformed, type CaptionGrid } from '@striate/contracts';
import { readText } from '../csv/table.js';
import { requireKnown, requireUnique } from './ids.js';

interface GridLine {
  readonly id: string;
  readonly grid: CaptionGrid;
  readonly line: number;
}

/** Makes the error for something wrong with a line. */
type Refuse = (reason: string) => Error;

/**
 * Read the grids of captions; blank captions are none.
 *
 * @param known       Ids of all stimuli.
 * @param stimuliFile Where these stand, for messages.
 * @returns By stimulus; empty if there is no such file. All grids have the same size.
 * @throws {DataError} `STRIATE_TABLE_MALFORMED`, with the line, for an empty file, text that is no object of JSON, an id that is missing, cells
 *   that are no rectangle of texts, or a grid of another size than the first; `STRIATE_DUPLICATE_STIMULUS`; `STRIATE_IDS_DIFFER`
 *   for stimuli that are not known.
 */
export async function readCaptionGrids(
  folder: string,
  known: ReadonlySet<string>,
  stimuliFile: string,
): Promise<ReadonlyMap<string, CaptionGrid>> {
  const path = join(folder, 'caption-grids.jsonl');
  if (!existsSync(path)) return new Map();
  const text = (await readText(path, 'The grids of captions')).replace(/^\uFEFF/, '');
  const lines = text
    .split(/\r\n|\n|\r/)
    .map((content, position) => ({ content, line: position + 1 }))
    .filter(({ content }) => content.trim() !== '')
    .map(({ content, line }) => readLine(content, path, line));
  if (lines.length === 0)
    throw tableMalformed({ path, reason: 'it is empty; it needs one stimulus per line' });
  requireUnique(path, lines);
  requireKnown(
    lines.map(({ id }) => id),
    path,
    known,
    stimuliFile,
  );
  requireOneSize(path, lines);
  return new Map(lines.map(({ id, grid }) => [id, grid]));
}

function readLine(content: string, path: string, line: number): GridLine {
  const refuse: Refuse = (reason) => tableMalformed({ path, line, reason });
  const { id, cells } = parseLine(content, refuse);
  return { id: readId(id, refuse), grid: readGrid(cells, refuse), line };
}

function parseLine(content: string, refuse: Refuse): { readonly id?: unknown; readonly cells?: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (cause) {
    throw refuse(
      `it is not JSON, a whole object on a line of its own with null for an empty cell: ${(cause as Error).message}`,
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw refuse('a line has to be an object, {"id": ..., "cells": [[...], ...]}');
}

/** Tables know ids as text, so that a number stands for its digits. */
function readId(id: unknown, refuse: Refuse): string {
  if (Number.isSafeInteger(id)) return String(id);
  if (typeof id === 'string' && id.trim() !== '') return id.trim();
  throw refuse(`"id" is ${describe(id)}, not the id of a stimulus`);
}

/** @param cells [row][column], from the top left. */
function readGrid(cells: unknown, refuse: Refuse): CaptionGrid {
  if (!isListOfLists(cells))
    throw refuse(
      `"cells" is ${describe(cells)}, not a list of rows from top to bottom, each a list of captions from left to right`,
    );
  const width = cells[0].length;
  const ragged = cells.findIndex((row) => row.length !== width);
  if (ragged >= 0)
    throw refuse(`row ${ragged + 1} has ${cells[ragged].length} cells, and row 1 has ${width}`);
  return {
    height: cells.length,
    width,
    cells: cells.flatMap((row, i) =>
      row.map((cell, j) => readCell(cell, (reason) => refuse(`row ${i + 1}, column ${j + 1}: ${reason}`))),
    ),
  };
}

function isListOfLists(value: unknown): value is readonly (readonly unknown[])[] {
  return (
    Array.isArray(value) && value.length > 0 && value.every((row) => Array.isArray(row) && row.length > 0)
  );
}

function readCell(cell: unknown, refuse: Refuse): string | null {
  if (cell === null) return null;
  if (typeof cell === 'string') return cell.trim() || null;
  throw refuse(`${describe(cell)} is neither a caption nor null`);
}

function requireOneSize(path: string, lines: readonly GridLine[]): void {
  const sizeOf = ({ height, width }: CaptionGrid) => `${height} x ${width}`;
  const [first] = lines;
  const other = lines.find(({ grid }) => sizeOf(grid) !== sizeOf(first.grid));
  if (!other) return;
  const reason = `the grid of "${other.id}" is ${sizeOf(other.grid)} (height x width), and that of "${first.id}" on line ${first.line} is ${sizeOf(first.grid)}`;
  throw tableMalformed({ path, line: other.line, reason });
}

/** A value as JSON has it, cut to what a message can hold. */
function describe(value: unknown): string {
  const json = JSON.stringify(value) ?? 'missing';
  return json.length > 40 ? `${json.slice(0, 40)}...` : json;
}
