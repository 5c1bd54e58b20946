import type { RunRecord } from '@striate/contracts';
import { html, nothing, type Html } from '../html.js';
import { bestLayers, combinations, type Cell } from '../summary.js';

/** What came out, in words: the best model of every region by the first readout and scorer. */
export function answer(record: RunRecord, predictions: readonly Cell[], geometry: readonly Cell[]): Html {
  const cells = predictions.length > 0 ? predictions : geometry;
  const [first] = combinations(cells);
  if (!first) return nothing;
  const sentences = record.regions.flatMap((region) => {
    const here = cells.filter((cell) => cell.region === region && isOf(cell, first));
    const ranked = bestLayers(record, here).sort((a, b) => b.mean - a.mean);
    return ranked.length === 0 ? [] : [sentence(region, ranked)];
  });
  const how = first.readout === '' ? first.scorer : `${first.scorer}, ${first.readout}`;
  return html`<p class="answer">${sentences.join(' ')} (Mean ${how}; best layer of each model.)</p>`;
}

function sentence(region: string, [best, second]: readonly Cell[]): string {
  const lead = `${region}: ${best.model} (${best.layer}) ${best.mean.toFixed(3)}`;
  if (!second) return `${lead}.`;
  return `${lead}, ahead of ${second.model} by ${(best.mean - second.mean).toFixed(3)}.`;
}

function isOf(cell: Cell, { readout, scorer }: { readout: string; scorer: string }): boolean {
  return cell.readout === readout && cell.scorer === scorer;
}
