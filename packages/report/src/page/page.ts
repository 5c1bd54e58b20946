// The report: one page that opens from disk, made from the record alone.

import type { RunRecord } from '@striate/contracts';
import { geometryCells, predictionCells, type Cell } from './cells.js';
import { download } from './download.js';
import { escapeHtml, html, type Html } from '../html.js';
import { SCRIPT } from './script.js';
import { answer } from './sections/answer.js';
import { layerSection } from './sections/layers.js';
import { matrixSection } from './sections/matrix.js';
import { methodsSection } from './sections/methods.js';
import { pairSection } from './sections/pairs.js';
import { penaltySection } from './sections/penalties.js';
import { qualitySection } from './sections/quality.js';
import { spreadSection } from './sections/spread.js';
import { subjectSection } from './sections/subjects.js';
import { STYLE } from './style.js';

/**
 * Render a run record as one self-contained page: no server, no network, no other file.
 *
 * @param record Of a finished run; every text of it is escaped.
 * @returns HTML; the same bytes for the same record.
 */
export function renderReport(record: RunRecord): string {
  const predictions = predictionCells(record);
  const geometry = geometryCells(record);
  const sections = sectionsOf(record, predictions, geometry).filter(({ body }) => body.html !== '');
  const body = html`<header>
      <h1>${record.name}</h1>
      ${answer(record, predictions, geometry)}
      <nav aria-label="Sections">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
    </header>
    <main>${sections.map(section)}${download(record.name, [...predictions, ...geometry])}</main>
    <footer>
      Made by striate ${record.striateVersion} from the run record alone; plan ${record.planKey}.
    </footer>`;
  return document(record.name, body);
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

function sectionsOf(record: RunRecord, predictions: readonly Cell[], geometry: readonly Cell[]): Section[] {
  const unit = record.dataset.recordingKind;
  return [
    {
      id: 'scores',
      title: 'Which model predicts which region',
      body: matrixSection(record, predictions, 'matrix'),
    },
    { id: 'layers', title: 'Along the layers', body: layerSection(record, predictions, 'curves') },
    {
      id: 'voxels',
      title: `Across ${unit}s`,
      body: html`${spreadSection(record, predictions)}${pairSection(record, predictions)}`,
    },
    {
      id: 'geometry',
      title: 'How models and regions arrange the stimuli',
      body: html`${matrixSection(record, geometry, 'geometry-matrix')}${layerSection(
        record,
        geometry,
        'geometry-curves',
      )}${subjectSection(record, geometry)}`,
    },
    {
      id: 'quality',
      title: 'What to keep in mind',
      body: html`${qualitySection(record, [...predictions, ...geometry])}${penaltySection(record)}`,
    },
    { id: 'methods', title: 'Methods', body: methodsSection(record) },
  ];
}

function section({ id, title, body }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${body}
  </section>`;
}

function document(title: string, body: Html): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} \u2013 striate</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body>${body.html}<script>${SCRIPT}</script></body></html>
`;
}
