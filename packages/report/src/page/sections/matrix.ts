import type { RunRecord } from '@striate/contracts';
import { rampColour } from '../../charts/colour.js';
import type { Cell } from '../cells.js';
import { bestLayers, ceilingOf, combinations, type Combination } from '../choose.js';
import { digits, html, nothing, type Html } from '../../html.js';
import { panels, type Panel } from '../panels.js';

/** Models x regions, each at its best layer; one panel per readout, scorer and convention. */
export function matrixSection(record: RunRecord, cells: readonly Cell[], id: string): Html {
  if (cells.length === 0) return nothing;
  const all = combinations(cells).flatMap((combination) => panelsOf(record, combination));
  const subjects =
    record.subjects.length > 1 && cells[0].readout !== ''
      ? "Voxels of all subjects are pooled; a convention's number is taken per subject and averaged."
      : '';
  return html`${panels(id, 'Show', all)}
    <p class="note">
      Each number is of the model's best layer in that region, named below it. The layer was picked by the
      mean of the same scores, which is optimistic, the more so the more layers a model has; the layer curves
      show how much hangs on the choice. The best model of a region is bold. ${subjects}
    </p>`;
}

/** The raw means, and each convention; the one that the user chose to show comes first. */
function panelsOf(record: RunRecord, { label, cells }: Combination): Panel[] {
  const isKnown = (id: string) => cells.some((cell) => cell.conventions.has(id));
  const conventions = record.conventions
    .filter(({ id }) => id !== 'raw' && isKnown(id))
    .map(({ id, title }) => ({
      label: `${label}: ${title}`,
      content: matrix(record, cells, `${label}, ${title}`, (cell) => cell.conventions.get(id) ?? Number.NaN),
    }));
  const raw = {
    label: `${label}: mean`,
    content: matrix(record, cells, `${label}, mean`, (cell) => cell.mean, true),
  };
  return record.conventions[0]?.id === 'raw' ? [raw, ...conventions] : [...conventions, raw];
}

function matrix(
  record: RunRecord,
  cells: readonly Cell[],
  caption: string,
  valueOf: (cell: Cell) => number,
  hasCeiling = false,
): Html {
  const columns = columnsOf(record, cells);
  const numbers = columns.flatMap(({ best }) => best.map(valueOf)).filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...numbers), Math.max(...numbers, 1e-9)];
  const rows = record.models
    .filter(({ name }) => cells.some(({ model }) => model === name))
    .map(({ name }) => {
      const data = columns.map((column) => heatCell(name, column.best, valueOf, [low, high]));
      return html`<tr>
        <th scope="row">${name}</th>
        ${data}
      </tr>`;
    });
  const heads = columns.map(({ region }) => html`<th scope="col">${region}</th>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table class="matrix">
      <caption>
        ${`${caption}; colours from ${digits(low, 2)} (dark) to ${digits(high, 2)} (bright)`}
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
      ${hasCeiling ? ceilingRow(record, columns) : nothing}
    </table>
  </div>`;
}

interface Column {
  readonly region: string;
  /** Empty if nothing is defined in the region. */
  readonly best: readonly Cell[];
}

function columnsOf(record: RunRecord, cells: readonly Cell[]): Column[] {
  return record.regions.flatMap((region) => {
    const here = cells.filter((cell) => cell.region === region);
    return here.length === 0 ? [] : [{ region, best: bestLayers(here) }];
  });
}

function heatCell(
  model: string,
  column: readonly Cell[],
  valueOf: (cell: Cell) => number,
  [low, high]: readonly [number, number],
): Html {
  const cell = column.find((each) => each.model === model);
  if (!cell) return html`<td>–</td>`;
  const number = valueOf(cell);
  if (Number.isNaN(number)) return html`<td>–<small>${cell.layer}</small></td>`;
  const { background, text } = rampColour((number - low) / (high - low));
  const isBest = column.every((other) => !(valueOf(other) > number));
  return html`<td class="${isBest ? 'heat best' : 'heat'}" style="background:${background};color:${text}">
    ${digits(number)}<small>${cell.layer}</small>
  </td>`;
}

function ceilingRow(record: RunRecord, columns: readonly Column[]): Html {
  const ceilings = columns.map(({ best: [cell] }) => cell && ceilingOf(record, cell));
  if (ceilings.every((ceiling) => !ceiling)) return nothing;
  const data = ceilings.map((ceiling) => {
    if (!ceiling) return html`<td>–</td>`;
    const { low, high } = ceiling;
    return html`<td>${low === high ? digits(low) : `${digits(low)} to ${digits(high)}`}</td>`;
  });
  return html`<tfoot>
    <tr>
      <th scope="row">ceiling</th>
      ${data}
    </tr>
  </tfoot>`;
}
