import type { RunRecord } from '@striate/contracts';
import { rampColour } from '../../charts/colour.js';
import type { Cell } from '../cells.js';
import { bestLayers, bestOf, byScorer, ceilingOf, coverage } from '../choose.js';
import { digits, html, nothing, type Html } from '../../html.js';
import { panels, type Panel } from '../panels.js';
import { unitsOf } from '../units.js';

/** Models and readouts x regions, each at its best layer; one panel per scorer and convention. */
export function matrixSection(record: RunRecord, cells: readonly Cell[], id: string): Html {
  if (cells.length === 0) return nothing;
  const all = byScorer(cells).flatMap(({ label, cells: own }) => panelsOf(record, label, own));
  const subjects =
    record.subjects.length > 1 && cells[0].readout !== ''
      ? "Voxels of all subjects are pooled; a convention's number is taken per subject and averaged."
      : '';
  const unit = cells[0].readout === '' ? 'subjects' : unitsOf(record);
  return html`${panels(id, 'Show', all)}
    <p class="note">
      Each number is of the model's best layer in that region, named below it. The layer was picked by the
      mean of the same scores, which is optimistic, the more so the more layers a model has; the layer curves
      show how much hangs on the choice. The best of a region is bold; one that is defined for fewer ${unit}
      than another says for how many, and for less than half as many it is never the best. ${subjects}
    </p>`;
}

/** The raw means, and each convention; the one that the user chose to show comes first. */
function panelsOf(record: RunRecord, label: string, cells: readonly Cell[]): Panel[] {
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
  const columns = columnsOf(record, cells).map((column) => ({ ...column, top: topOf(column, valueOf) }));
  const numbers = columns.flatMap(({ best }) => best.map(valueOf)).filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...numbers), Math.max(...numbers, 1e-9)];
  const readouts = readoutsOf(record, cells);
  const rows = rowsOf(record, cells).map(({ model, readout }) => {
    const data = columns.map((column) => heatCell(column, { model, readout }, valueOf, [low, high]));
    return html`<tr>
      <th scope="row">${model}${readouts.length > 1 ? html`<small>${readout}</small>` : nothing}</th>
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
          <th scope="col">${readouts.length > 1 ? 'model and readout' : 'model'}</th>
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

/** Readouts of these cells, in the record's order; one without a name for geometry. */
function readoutsOf(record: RunRecord, cells: readonly Cell[]): string[] {
  const names = record.readouts.map(({ name }) => name);
  return ['', ...names].filter((name) => cells.some(({ readout }) => readout === name));
}

interface Row {
  readonly model: string;
  readonly readout: string;
}

/** Each model that was scored, with each readout of it. */
function rowsOf(record: RunRecord, cells: readonly Cell[]): Row[] {
  return record.models.flatMap(({ name: model }) => {
    const own = cells.filter((cell) => cell.model === model);
    return readoutsOf(record, own).map((readout) => ({ model, readout }));
  });
}

interface Column {
  readonly region: string;
  /** Empty if nothing is defined in the region. */
  readonly best: readonly Cell[];
}

/** The number that is bold. */
function topOf({ best }: Column, valueOf: (cell: Cell) => number): number | undefined {
  return bestOf(best.map((cell) => ({ ...cell, mean: valueOf(cell) })))?.mean;
}

function columnsOf(record: RunRecord, cells: readonly Cell[]): Column[] {
  return record.regions.flatMap((region) => {
    const here = cells.filter((cell) => cell.region === region);
    return here.length === 0 ? [] : [{ region, best: bestLayers(here) }];
  });
}

function heatCell(
  { best, top }: Column & { readonly top: number | undefined },
  { model, readout }: Row,
  valueOf: (cell: Cell) => number,
  [low, high]: readonly [number, number],
): Html {
  const cell = best.find((each) => each.model === model && each.readout === readout);
  if (!cell) return html`<td>–</td>`;
  const number = valueOf(cell);
  const small = html`<small>${[cell.layer, coverage(cell, best)].filter(Boolean).join('; ')}</small>`;
  if (Number.isNaN(number)) return html`<td>–${small}</td>`;
  const { background, text } = rampColour((number - low) / (high - low));
  return html`<td
    class="${number === top ? 'heat best' : 'heat'}"
    style="background:${background};color:${text}"
  >
    ${digits(number)}${small}
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
