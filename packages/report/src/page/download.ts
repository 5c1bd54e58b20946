import { csvLines } from '../tables/csv.js';
import type { Cell } from './cells.js';
import { html, nothing, type Html } from '../html.js';

const COLUMNS = [
  ...(['model', 'layer', 'depth', 'readout', 'region', 'metric'] as const),
  ...(['convention', 'value', 'sem', 'n', 'n_undefined'] as const),
];

/** A link that holds the numbers of regions as CSV; every single score stands in the tables beside the page. */
export function download(name: string, cells: readonly Cell[]): Html {
  if (cells.length === 0) return nothing;
  const text = [...csvLines(COLUMNS, summaryRows(cells))].join('');
  const href = `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`;
  return html`<p>
    <a download="${name}-summary.csv" href="${href}">Download the summary as CSV</a>: one row per model,
    layer, readout, region, metric and convention. Every single score stands beside this page, in scores.csv
    and scores.parquet.
  </p>`;
}

function* summaryRows(cells: readonly Cell[]) {
  for (const {
    model,
    layer,
    depth,
    readout,
    region,
    scorer,
    mean,
    sem,
    n,
    nUndefined,
    conventions,
  } of cells) {
    const common = { model, layer, depth, readout, region, metric: scorer, n, n_undefined: nUndefined };
    yield { ...common, convention: 'raw', value: mean, sem };
    for (const [convention, value] of conventions) {
      if (convention !== 'raw') yield { ...common, convention, value, sem: Number.NaN };
    }
  }
}
