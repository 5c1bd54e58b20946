// Where voxels look: centres, sizes and movements of their receptive fields, as the readouts report them.

import type { RunRecord } from '@striate/contracts';
import { seriesStyle } from '../../charts/colour.js';
import { FIELD_FRAME, fieldMap, isInFrame } from '../../charts/field-map.js';
import { digits, html, nothing, type Html } from '../../html.js';
import { groupBy, meanOf } from '../cells.js';
import { readoutIndex } from '../choose.js';
import { figure } from '../figure.js';
import { panels } from '../panels.js';
import type { RegionFit } from '../region-fits.js';
import { unitsOf } from '../units.js';
import { fieldNumbers } from './field-numbers.js';
import { readoutLegend } from './legend.js';
import { cloudNote } from './spread.js';

/** Fields of the best layers that have places; a panel per model. */
export function fieldSection(record: RunRecord, fits: readonly RegionFit[]): Html {
  const placed = fits.filter((fit) => hasPlaces(record, fit) && fit.valuesOf('fieldX').length > 0);
  if (placed.length === 0) return nothing;
  const names = new Set(placed.map(({ cell }) => cell.readout));
  const all = groupBy(placed, ({ cell }) => cell.model).map((own) => ({
    label: own[0].cell.model,
    content: html`${centres(record, own)}${fieldNumbers(record, own)}`,
  }));
  return html`${readoutLegend(record, names)}${panels('fields', 'Model', all)}`;
}

/** Is the layer a map of more than one place? */
function hasPlaces(record: RunRecord, { cell }: RegionFit): boolean {
  const layers = record.models.find(({ name }) => name === cell.model)?.layers ?? [];
  const [, ...space] = layers.find(({ name }) => name === cell.layer)?.shape ?? [];
  return space.reduce((product, size) => product * size, 1) > 1;
}

function centres(record: RunRecord, fits: readonly RegionFit[]): Html {
  const unit = record.dataset.recordingKind;
  return html`<h3>Centres of fields, ${fits[0].cell.model}</h3>
    <div class="charts small">${fits.map((fit) => centresOf(record, fit))}</div>
    <p class="note">
      A point is the centre of one ${unit}'s field, mean over the validation images (${cloudNote}). The square
      is the layer's map: the image as the model sees it. Each model and readout is at its best layer of the
      region.
    </p>`;
}

function centresOf(record: RunRecord, { cell, valuesOf }: RegionFit): Html {
  const { readout, region, layer } = cell;
  const [x, y] = [valuesOf('fieldX'), valuesOf('fieldY')];
  const defined = x.map((at, i) => !Number.isNaN(at) && !Number.isNaN(y[i]));
  const middle = [x, y].map((values) => digits(meanOf(values.filter((_, i) => defined[i])), 2));
  const nDefined = defined.filter(Boolean).length;
  const nShown = x.filter((at, i) => isInFrame(at, y[i])).length;
  const facts = [
    `${nDefined} ${nDefined === 1 ? record.dataset.recordingKind : unitsOf(record)}`,
    ...(nShown < nDefined ? [`${nDefined - nShown} beyond ${FIELD_FRAME} and not drawn`] : []),
    ...(nDefined < x.length ? [`${x.length - nDefined} undefined`] : []),
  ].join(', ');
  const chart = fieldMap({
    description: `Centres of the fields of ${readout} on ${layer}, ${region}: ${facts}; mean ${middle.join(' across, ')} down`,
    ...{ x, y },
    colour: seriesStyle(readoutIndex(record, readout)).colour,
  });
  return figure(
    `${region}: ${readout}, ${layer}`,
    html`${chart}
      <p class="note">${facts}</p>`,
  );
}
