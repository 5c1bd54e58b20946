// The report: one page that opens from disk, made from the record, and from the times of the run if they are given.

import type { RunFacts, RunRecord } from '@striate/contracts';
import { geometryCells, predictionCells, type Cell } from './cells.js';
import { download } from './download.js';
import { escapeHtml, html, type Html } from '../html.js';
import { SCRIPT } from './script.js';
import { regionFits, type RegionFit } from './region-fits.js';
import { answer } from './sections/answer.js';
import { fieldSection } from './sections/fields.js';
import { layerSection } from './sections/layers.js';
import { matrixSection } from './sections/matrix.js';
import { methodsSection } from './sections/methods.js';
import { pairSection } from './sections/pairs.js';
import { penaltySection } from './sections/penalties.js';
import { qualitySection } from './sections/quality.js';
import { readoutSection } from './sections/readouts.js';
import { spreadSection } from './sections/spread.js';
import { subjectSection } from './sections/subjects.js';
import { STYLE } from './style.js';
import { unitsOf } from './units.js';

/**
 * Render a run record as one self-contained page: no server, no network, no other file.
 *
 * @param record Of a finished run; every text of it is escaped.
 * @param run When and where it was made; absent: times are not shown.
 * @returns HTML; the same bytes for the same record and facts.
 */
export function renderReport(record: RunRecord, run?: RunFacts): string {
  const predictions = predictionCells(record);
  const geometry = geometryCells(record);
  const fits = predictions.length > 0 ? regionFits(record, predictions, run) : [];
  const sections = [
    ...predictionSections(record, predictions),
    ...readoutSections(record, fits, run),
    ...otherSections(record, predictions, geometry),
  ].filter(({ body }) => body.html !== '');
  const body = html`<header>
      <h1>${record.name}</h1>
      ${answer(record, predictions, geometry)}
      <nav aria-label="Sections">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
    </header>
    <main>${sections.map(section)}${download(record.name, [...predictions, ...geometry])}</main>
    <footer>Made by striate ${record.striateVersion} from the run record; plan ${record.planKey}.</footer>`;
  return document(record.name, body);
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

function predictionSections(record: RunRecord, predictions: readonly Cell[]): Section[] {
  const units = unitsOf(record);
  return [
    {
      id: 'scores',
      title: 'Which model predicts which region',
      body: matrixSection(record, predictions, 'matrix'),
    },
    { id: 'layers', title: 'Along the layers', body: layerSection(record, predictions, 'curves') },
    {
      id: 'voxels',
      title: `Across ${units}`,
      body: html`${spreadSection(record, predictions)}${pairSection(record, predictions)}`,
    },
  ];
}

function readoutSections(record: RunRecord, fits: readonly RegionFit[], run?: RunFacts): Section[] {
  return [
    { id: 'readouts', title: 'Readouts in detail', body: readoutSection(record, fits, run) },
    {
      id: 'fields',
      title: `Where ${unitsOf(record)} look`,
      body: fieldSection(record, fits),
    },
  ];
}

function otherSections(
  record: RunRecord,
  predictions: readonly Cell[],
  geometry: readonly Cell[],
): Section[] {
  return [
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
