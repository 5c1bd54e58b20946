// The report: one page that opens from disk, made from the record alone.

import type { RunRecord } from '@striate/contracts';
import { csvLines } from '../tables/csv.js';
import { scoreRows } from '../tables/rows.js';
import { escapeHtml, html, nothing, type Html } from './html.js';
import { PANEL_SCRIPT } from './panels.js';
import { answer } from './sections/answer.js';
import { distributionSection } from './sections/distributions.js';
import { layerSection } from './sections/layers.js';
import { matrixSection } from './sections/matrix.js';
import { methodsSection } from './sections/methods.js';
import { penaltySection } from './sections/penalties.js';
import { qualitySection } from './sections/quality.js';
import { STYLE } from './style.js';
import { geometryCells, predictionCells } from './summary.js';

/** The largest table that is put inside the page; larger ones stand beside it as scores.csv only. */
const MOST_EMBEDDED_ROWS = 20_000;

/**
 * Render a run record as one self-contained page.
 *
 * @param record Of a finished run.
 * @returns HTML; the same bytes for the same record.
 */
export function renderReport(record: RunRecord): string {
  const predictions = predictionCells(record);
  const geometry = geometryCells(record);
  const sections = [
    section('scores', 'Which model predicts which region', matrixSection(record, predictions)),
    section(
      'layers',
      'Along the layers',
      predictions.length > 0 ? layerSection(record, predictions, 'layer-curves') : nothing,
    ),
    section('voxels', `Across ${record.dataset.recordingKind}s`, distributionSection(record, predictions)),
    section('geometry', 'How models and regions arrange the stimuli', geometrySection(record, geometry)),
    section(
      'quality',
      'What to keep in mind',
      html`${qualitySection(record, [...predictions, ...geometry])}${penaltySection(record)}`,
    ),
    section('methods', 'Methods', methodsSection(record)),
  ].filter((each) => each.body.html !== '');
  const links = sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`);
  const bodies = sections.map(
    ({ id, title, body }) =>
      html`<section id="${id}" aria-labelledby="${id}-title">
        <h2 id="${id}-title">${title}</h2>
        ${body}
      </section>`,
  );
  const page = html`<header>
      <h1>${record.name}</h1>
      ${answer(record, predictions, geometry)}
      <nav aria-label="Sections">${links}</nav>
    </header>
    <main>${bodies}${download(record)}</main>
    <footer>
      Made by striate ${record.striateVersion} from the run record alone; plan ${record.planKey}.
    </footer>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(record.name)} \u2013 striate</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body>${page.html}<script>${PANEL_SCRIPT}</script></body></html>
`;
}

function section(id: string, title: string, body: Html) {
  return { id, title, body };
}

function geometrySection(record: RunRecord, geometry: Parameters<typeof layerSection>[1]): Html {
  return geometry.length === 0
    ? nothing
    : html`${matrixSection(record, geometry)}${layerSection(record, geometry, 'geometry-curves')}`;
}

function download(record: RunRecord): Html {
  const lines: string[] = [];
  for (const line of csvLines(scoreRows(record))) {
    if (lines.push(line) > MOST_EMBEDDED_ROWS)
      return html`<p class="note">All scores stand in scores.csv and scores.parquet beside this page.</p>`;
  }
  const href = `data:text/csv;charset=utf-8,${encodeURIComponent(lines.join(''))}`;
  return html`<p><a download="${record.name}-scores.csv" href="${href}">Download all scores as CSV</a></p>`;
}
