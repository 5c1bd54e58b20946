import type { RunRecord } from '@striate/contracts';
import { html, nothing, type Html } from '../html.js';
import type { Cell } from '../summary.js';

/** What a reader has to know before trusting the numbers: warnings, and what is undefined. */
export function qualitySection(record: RunRecord, cells: readonly Cell[]): Html {
  const warnings = record.warnings.map(
    ({ code, message, count, total }) =>
      html`<p class="warning">
        <strong>${code}</strong> (${count}${total === undefined ? '' : ` of ${total}`}): ${message}
      </p>`,
  );
  const undefinedCells = cells.filter((cell) => cell.nUndefined > 0);
  const rows = undefinedCells.slice(0, 100).map(
    ({ model, layer, readout, scorer, region, n, nUndefined }) =>
      html`<tr>
        <td>${model}</td>
        <td class="text">${layer}</td>
        <td class="text">${readout}</td>
        <td class="text">${scorer}</td>
        <td class="text">${region}</td>
        <td>${n}</td>
        <td>${nUndefined}</td>
      </tr>`,
  );
  const table =
    rows.length === 0
      ? html`<p>No score is undefined.</p>`
      : html`<div class="scroll">
          <table>
            <thead>
              <tr>
                <th>model</th>
                <th class="text">layer</th>
                <th class="text">readout</th>
                <th class="text">scorer</th>
                <th class="text">region</th>
                <th>defined</th>
                <th>undefined</th>
              </tr>
            </thead>
            <tbody>
              ${rows}
            </tbody>
          </table>
        </div>`;
  const more =
    undefinedCells.length > 100
      ? html`<p class="note">And ${undefinedCells.length - 100} more; scores.csv has all.</p>`
      : nothing;
  return html`${warnings}${table}${more}`;
}
