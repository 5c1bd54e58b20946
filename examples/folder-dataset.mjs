// What the preparation scripts share: writing the files of a folder dataset (docs/folder-dataset.md).

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a CSV table; cells with commas, quotes or line breaks are quoted.
 *
 * @param {string} path
 * @param {Record<string, string | number>[]} rows Same keys in every row.
 */
export async function writeTable(path, rows) {
  const columns = Object.keys(rows[0]);
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  await writeText(path, lines.map((cells) => cells.map(quoted).join(',') + '\n').join(''));
}

/** @param {string | number} cell */
function quoted(cell) {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Writes one id per line.
 *
 * @param {string} path
 * @param {readonly string[]} ids
 */
export const writeIds = (path, ids) => writeText(path, ids.map((id) => `${id}\n`).join(''));

/**
 * Writes a file, and the folders above it.
 *
 * @param {string} path
 * @param {string} text
 */
export async function writeText(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/**
 * Writes `dataset.json`.
 *
 * @param {string} folder
 * @param {Record<string, unknown>} description
 */
export const writeDescription = (folder, description) =>
  writeText(join(folder, 'dataset.json'), `${JSON.stringify(description, null, 2)}\n`);

/**
 * The two folders that every preparation script is given; ends the process if they are not.
 *
 * @param {string} script
 * @returns {[data: string, out: string]}
 */
export function foldersFromCommandLine(script) {
  const [data, out] = process.argv.slice(2);
  if (data && out) return [data, out];
  console.error(`Usage: node examples/${script}/prepare.mjs <folder of the shared data> <folder to write>`);
  return process.exit(2);
}
