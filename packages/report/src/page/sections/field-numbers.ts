// How large fields are and how they move: in numbers that regions can be compared by, and as distributions.

import type { RunRecord } from '@striate/contracts';
import { digits, html, nothing, type Html } from '../../html.js';
import { groupBy } from '../cells.js';
import { quantiles } from '../quantiles.js';
import type { RegionFit } from '../region-fits.js';
import { table, type TableCell } from '../table.js';
import { quantityCharts, type ShownQuantity } from './quantity.js';
import { unitsOf } from '../units.js';

/** Below this, in half widths of the map, a movement is rounding. */
const STILL = 1e-6;

interface FieldQuantity extends ShownQuantity {
  /** For the head of a column. */
  readonly name: string;
}

const SIZE: FieldQuantity = {
  ...{ quantity: 'fieldSize', name: 'size', title: 'Size of fields' },
  xLabel: 'standard deviation, half widths of the map',
};

const MOVEMENT: FieldQuantity = {
  ...{ quantity: 'fieldShift', name: 'movement', title: 'Movement of fields from image to image' },
  xLabel: 'distance from the mean centre (rms), half widths',
  isFromZero: true,
};

const TRANSFORMS: readonly FieldQuantity[] = [
  {
    ...{ quantity: 'transformShift', name: 'translation', title: 'Translation' },
    xLabel: 'length of the translation, half widths of the map',
    isFromZero: true,
  },
  {
    ...{ quantity: 'transformScale', name: 'scale', title: 'Scale' },
    xLabel: 'root of the determinant; above 1 the field shrinks',
  },
  {
    ...{ quantity: 'transformTurn', name: 'rotation', title: 'Rotation' },
    xLabel: 'sine of the angle of the nearest rotation',
  },
];

/** A table of medians and quartiles, and the distributions; all of one model. */
export function fieldNumbers(record: RunRecord, fits: readonly RegionFit[]): Html {
  // Fields that stay are named, not drawn: their one bar would press all others flat.
  const still = fits.filter(stays);
  const moving = fits.filter((fit) => !still.includes(fit));
  return html`${numbers(record, fits)} ${quantityCharts(record, fits, SIZE)}
  ${quantityCharts(record, moving, MOVEMENT)} ${stillNote(still)} ${transforms(record, fits)}`;
}

function numbers({ dataset }: RunRecord, fits: readonly RegionFit[]): Html {
  const shown = [SIZE, MOVEMENT, ...TRANSFORMS].filter(({ quantity }) => isReported(fits, quantity));
  const rows = fits.map(({ cell, valuesOf }): TableCell[] => [
    ...[cell.region, cell.readout, cell.layer],
    ...shown.map(({ quantity }) => ({ number: spreadText(valuesOf(quantity)) })),
  ]);
  const heads = ['region', 'readout', 'layer', ...shown.map(({ name }) => name)];
  return table(
    `Fields on ${fits[0].cell.model}: median (first to third quartile) over ${unitsOf({ dataset })}`,
    heads,
    rows,
  );
}

/** Median and quartiles, and how many values are undefined. */
function spreadText(values: readonly number[]): string {
  if (values.length === 0) return '–';
  const [low, middle, high] = quantiles(values, [0.25, 0.5, 0.75]).map((value) => digits(value));
  const nUndefined = values.filter((value) => Number.isNaN(value)).length;
  if (nUndefined === values.length) return `${nUndefined} undefined`;
  return `${middle} (${low} to ${high})${nUndefined > 0 ? `, ${nUndefined} undefined` : ''}`;
}

function stays({ valuesOf }: RegionFit): boolean {
  const shifts = valuesOf(MOVEMENT.quantity).filter((shift) => !Number.isNaN(shift));
  return shifts.length > 0 && shifts.every((shift) => shift < STILL);
}

function stillNote(still: readonly RegionFit[]): Html {
  const places = groupBy(still, ({ cell }) => cell.readout).map(
    (own) => `${own[0].cell.readout} (${own.map(({ cell }) => cell.region).join(', ')})`,
  );
  if (places.length === 0) return nothing;
  return html`<p class="note">
    Fields that look at the same place of every image, and are not drawn here: ${places.join('; ')}.
  </p>`;
}

function transforms(record: RunRecord, fits: readonly RegionFit[]): Html {
  if (!TRANSFORMS.some(({ quantity }) => isReported(fits, quantity))) return nothing;
  return html`<details>
    <summary>Learned transforms, means over the validation images</summary>
    ${TRANSFORMS.map((shown) => quantityCharts(record, fits, shown))}
  </details>`;
}

function isReported(fits: readonly RegionFit[], quantity: string): boolean {
  return fits.some(({ valuesOf }) => valuesOf(quantity).length > 0);
}
