import type { RunRecord } from '@striate/contracts';
import { rampColour } from '../../charts/colour.js';
import { digits, html, nothing, type Html } from '../html.js';
import { panels, type Panel } from '../panels.js';
import { bestLayers, combinations, type Cell } from '../summary.js';

/** Models x regions, each at its best layer; one panel per readout, scorer and convention. */
export function matrixSection(record: RunRecord, cells: readonly Cell[]): Html {
  if (cells.length === 0) return nothing;
  const all = combinations(cells).flatMap(({ readout, scorer }): Panel[] => {
    const own = cells.filter((cell) => cell.readout === readout && cell.scorer === scorer);
    const name = readout === '' ? scorer : `${scorer}, ${readout}`;
    const conventions = [...new Set(own.flatMap((cell) => [...cell.conventions.keys()]))].filter(
      (id) => id !== 'raw',
    );
    return [
      {
        label: `${name}: mean`,
        content: matrix(record, own, (cell) => cell.mean, `${name}, mean over ${unitOf(record, own[0])}`),
      },
      ...conventions.map((id) => ({
        label: `${name}: convention ${id}`,
        content: matrix(
          record,
          own,
          (cell) => cell.conventions.get(id) ?? Number.NaN,
          `${name}, convention ${id}`,
        ),
      })),
    ];
  });
  const id = cells[0].readout === '' ? 'geometry' : 'matrix';
  return html`${panels(id, 'Show', all)}
    <p class="note">
      Each number is of the model's best layer in that region, named below it. The layer was picked on the
      same scores, which favours models with many layers a little; the layer curves show how much hangs on the
      choice. The best model of a region is bold.
    </p>`;
}

const unitOf = (record: RunRecord, cell: Cell) =>
  cell.readout === '' ? 'subjects' : `${record.dataset.recordingKind}s`;

function matrix(
  record: RunRecord,
  cells: readonly Cell[],
  value: (cell: Cell) => number,
  caption: string,
): Html {
  const best = record.regions.map((region) =>
    bestLayers(
      record,
      cells.filter((cell) => cell.region === region),
    ),
  );
  const numbers = best
    .flat()
    .map(value)
    .filter((number) => !Number.isNaN(number));
  const [low, high] = [Math.min(0, ...numbers), Math.max(...numbers, 1e-9)];
  const rows = record.models
    .filter(({ name }) => best.flat().some((cell) => cell.model === name))
    .map(({ name }) => {
      const data = best.map((ofRegion) => {
        const cell = ofRegion.find((each) => each.model === name);
        if (!cell) return html`<td>–</td>`;
        const number = value(cell);
        const { background, text } = rampColour((number - low) / (high - low));
        const isBest = ofRegion.every((other) => !(value(other) > number));
        return html`<td
          class="${isBest ? 'heat best' : 'heat'}"
          style="background:${background};color:${text}"
        >
          ${digits(number)}<small>${cell.layer}</small>
        </td>`;
      });
      return html`<tr>
        <th scope="row">${name}</th>
        ${data}
      </tr>`;
    });
  const heads = record.regions.map((region) => html`<th scope="col">${region}</th>`);
  return html`<div class="scroll">
    <table>
      <caption class="note">
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">model</th>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
