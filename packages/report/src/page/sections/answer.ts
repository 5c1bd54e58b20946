import type { RunRecord } from '@striate/contracts';
import type { Cell } from '../cells.js';
import { bestByRegion, bestOf, ceilingOf, coverage } from '../choose.js';
import { digits, html, nothing, type Html } from '../../html.js';
import { unitsOf } from '../units.js';

/** What came out, in words: for every region the best model, layer and readout by the first scorer. */
export function answer(record: RunRecord, predictions: readonly Cell[], geometry: readonly Cell[]): Html {
  const cells = predictions.length > 0 ? predictions : geometry;
  if (cells.length === 0) return nothing;
  const [{ scorer }] = cells;
  const regions = bestByRegion(
    record,
    cells.filter((cell) => cell.scorer === scorer),
  );
  if (regions.length === 0) return html`<p class="answer">No score is defined.</p>`;
  const sentences = regions.map((region) => sentence(record, region.region, region.cells));
  const over = cells === geometry ? 'subjects' : unitsOf(record);
  return html`<p class="answer">${sentences}</p>
    <p class="note">
      Numbers are means of ${scorer} over ${over}, each model at its best layer, which was picked on the same
      scores. No difference was tested for significance.
    </p>`;
}

function sentence(record: RunRecord, region: string, cells: readonly Cell[]): Html {
  const best = bestOf(cells)!; // cells whose mean is defined, at least one
  const lead =
    best.mean > 0
      ? html`<strong>${region}</strong> is best matched by <strong>${best.model}</strong> ${place(best)} with
          ${digits(best.mean)}${over(best, cells)}${relative(record, best)}`
      : html`<strong>${region}</strong> is matched by no model better than zero; the highest is
          <strong>${best.model}</strong> ${place(best)} with ${digits(best.mean)}${over(best, cells)}`;
  const otherwise = readOtherwise(best, cells);
  const next = bestOf(cells.filter((cell) => cell.model !== best.model));
  const ahead = next
    ? html`, ${digits(best.mean - next.mean)} ahead of ${next.model} ${place(next)}`
    : nothing;
  return html`${lead}${ahead}${otherwise}. `;
}

/** What the same model reaches with other readouts, from the lowest to the highest. */
function readOtherwise(best: Cell, cells: readonly Cell[]): string {
  const others = cells.filter((cell) => cell.model === best.model && cell !== best);
  if (others.length === 0) return '';
  const ranked = others.sort((a, b) => a.mean - b.mean);
  const texts = ranked.map((cell) => `${digits(cell.mean)} (${cell.readout}${over(cell, cells)})`);
  return `; read out otherwise it reaches ${[...new Set([texts[0], texts[texts.length - 1]])].join(' to ')}`;
}

const over = (cell: Cell, cells: readonly Cell[]) => {
  const covered = coverage(cell, cells);
  return covered === '' ? '' : `, over ${covered}`;
};

const place = ({ layer, readout }: Cell) => (readout === '' ? `(${layer})` : `(${layer}, ${readout})`);

function relative(record: RunRecord, cell: Cell): string {
  const ceiling = ceilingOf(record, cell);
  if (!ceiling) return '';
  if (ceiling.low !== ceiling.high) return ` (${ceiling.label} over subjects)`;
  if (!(ceiling.high > 0)) return '';
  return ` (${Math.round((100 * cell.mean) / ceiling.high)} % of the ${ceiling.label})`;
}
