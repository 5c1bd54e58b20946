import type { RunRecord } from '@striate/contracts';
import { groupBy, type Cell } from '../cells.js';
import { html, type Html } from '../../html.js';
import { table } from '../table.js';
import { unitsOf } from '../units.js';

/** What a reader has to know before trusting the numbers: warnings, and what is undefined. */
export function qualitySection(record: RunRecord, cells: readonly Cell[]): Html {
  const warnings = record.warnings.map(
    ({ code, message, count, total }) =>
      html`<p class="warning">
        <strong>${code}</strong> (${total === undefined ? `${count}` : `${count} of ${total}`}): ${message}
      </p>`,
  );
  return html`${warnings}${undefinedCeilings(record)}${undefinedScores(cells)}`;
}

function undefinedCeilings({ subjects, dataset }: RunRecord): Html {
  const sentences = subjects.flatMap(({ subject, voxelIds, ceiling }) =>
    ceiling && ceiling.nUndefined > 0
      ? [
          html`<p>
            Subject ${subject}: the noise ceiling of ${ceiling.nUndefined} of ${voxelIds.length}
            ${unitsOf({ dataset })} is undefined.
          </p>`,
        ]
      : [],
  );
  return html`${sentences}`;
}

function undefinedScores(cells: readonly Cell[]): Html {
  const nUndefined = sum(cells, (cell) => cell.nUndefined);
  if (nUndefined === 0) return html`<p>No score is undefined.</p>`;
  const groups = groupBy(cells, ({ model, readout, scorer, region }) =>
    JSON.stringify([model, readout, scorer, region]),
  );
  const rows = groups.flatMap((own) => {
    const [{ model, readout, scorer, region }] = own;
    const missing = sum(own, (cell) => cell.nUndefined);
    return missing === 0 ? [] : [[model, readout, scorer, region, total(own), missing]];
  });
  return html`<details>
    <summary>${nUndefined} of ${total(cells)} scores are undefined and left out of every mean</summary>
    ${table(
      'Undefined scores, over all layers',
      ['model', 'readout', 'scorer', 'region', 'scores', 'undefined'],
      rows,
    )}
  </details>`;
}

const total = (cells: readonly Cell[]) => sum(cells, (cell) => cell.n + cell.nUndefined);

function sum(cells: readonly Cell[], valueOf: (cell: Cell) => number): number {
  return cells.reduce((total, cell) => total + valueOf(cell), 0);
}
