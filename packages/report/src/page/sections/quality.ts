import type { RunRecord } from '@striate/contracts';
import type { Cell } from '../cells.js';
import { html, nothing, type Html } from '../html.js';
import { table } from '../table.js';

/** Rows of the table of undefined scores; the tables beside the page have all. */
const MOST_ROWS = 100;

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
            ${dataset.recordingKind}s is undefined.
          </p>`,
        ]
      : [],
  );
  return html`${sentences}`;
}

function undefinedScores(cells: readonly Cell[]): Html {
  const affected = cells.filter((cell) => cell.nUndefined > 0);
  if (affected.length === 0) return html`<p>No score is undefined.</p>`;
  const rows = affected
    .slice(0, MOST_ROWS)
    .map((cell) => [cell.model, cell.layer, cell.readout, cell.scorer, cell.region, cell.n, cell.nUndefined]);
  const hidden = affected.length - rows.length;
  return html`${table(
    'Undefined scores: left out of every mean',
    ['model', 'layer', 'readout', 'scorer', 'region', 'defined', 'undefined'],
    rows,
  )}
  ${hidden > 0 ? html`<p class="note">And ${hidden} cells more; scores.csv has all.</p>` : nothing}`;
}
