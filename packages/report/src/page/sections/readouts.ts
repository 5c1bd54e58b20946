// What each readout reaches and what it takes: score, parameters and time side by side.

import type { RunFacts, RunRecord } from '@striate/contracts';
import { digits, html, nothing, type Html } from '../../html.js';
import { groupBy, meanOf } from '../cells.js';
import { panels } from '../panels.js';
import type { RegionFit } from '../region-fits.js';
import { table, type TableCell } from '../table.js';
import { readoutLegend } from './legend.js';
import { quantityCharts } from './quantity.js';
import { unitsOf } from '../units.js';

/** Quantities whose mean over voxels is a column, if some readout reports them. */
const MEANS = [
  { quantity: 'validationScore', head: 'validation r', nDigits: 3 },
  { quantity: 'seedSpread', head: 'sd over seeds', nDigits: 3 },
  { quantity: 'epochs', head: 'epochs', nDigits: 0 },
];

const SEED_SPREAD = {
  ...{ quantity: 'seedSpread', title: 'Spread over seeds' },
  xLabel: 'standard deviation of validation r over seeds',
  isFromZero: true,
};

/** A table per model, a row per region and readout; the spread over seeds as histograms. */
export function readoutSection(record: RunRecord, fits: readonly RegionFit[], run?: RunFacts): Html {
  if (fits.length === 0) return nothing;
  const seeded = fits.filter(({ valuesOf }) => valuesOf('seedSpread').some((spread) => spread >= 0));
  const all = groupBy(fits, ({ cell }) => cell.model).map((own) => ({
    label: own[0].cell.model,
    content: html`${costTable(own, run)}${MEANS.map(({ quantity, head }) =>
      undefinedNote(record, own, quantity, head),
    )}${quantityCharts(record, own, SEED_SPREAD)}`,
  }));
  const units = unitsOf(record);
  return html`${seeded.length > 0 ? readoutLegend(record, new Set(seeded.map(({ cell }) => cell.readout))) : nothing}
    ${panels('readouts', 'Model', all)}
    <p class="note">
      Each model and readout at its best layer of the region; means over ${units}, of scores with their
      standard error. Parameters are fitted numbers per ${record.dataset.recordingKind} of that layer.
      ${timeNote(record, run)}
    </p>`;
}

function costTable(fits: readonly RegionFit[], run: RunFacts | undefined): Html {
  const [{ cell }] = fits;
  const means = MEANS.filter(({ quantity }) => fits.some(({ valuesOf }) => valuesOf(quantity).length > 0));
  const rows = fits.map((fit): TableCell[] => {
    const { region, readout, layer, mean, sem } = fit.cell;
    return [
      ...[region, readout, layer],
      { number: `${digits(mean)} ± ${digits(sem)}` },
      ...means.map(({ quantity, nDigits }) => ({
        number: digits(meanOfDefined(fit.valuesOf(quantity)), nDigits),
      })),
      { number: digits(fit.parametersPerVoxel, 0) },
      ...(run ? [{ number: secondsText(fit.seconds) }] : []),
    ];
  });
  const heads = ['region', 'readout', 'layer', cell.scorer, ...means.map(({ head }) => head), 'parameters'];
  return table(`Readouts on ${cell.model}`, run ? [...heads, 'seconds'] : heads, rows);
}

/** What the means of a quantity leave out; nothing where nothing is undefined. */
function undefinedNote(
  { dataset }: RunRecord,
  fits: readonly RegionFit[],
  quantity: string,
  name: string,
): Html {
  const gaps = fits.flatMap(({ cell, valuesOf }) => {
    const values = valuesOf(quantity);
    const nUndefined = values.filter((value) => Number.isNaN(value)).length;
    return nUndefined === 0 ? [] : [`${cell.region}, ${cell.readout}: ${nUndefined} of ${values.length}`];
  });
  if (gaps.length === 0) return nothing;
  return html`<p class="note">
    Undefined ${name}, left out, in ${unitsOf({ dataset })}: ${gaps.join('; ')}.
  </p>`;
}

function timeNote(record: RunRecord, run: RunFacts | undefined): string {
  if (!run) return 'Times are not known: this page was made without the run.json of the run.';
  const totals = record.readouts.map(({ name }) =>
    totalTime(
      name,
      run.fits.filter(({ readout }) => readout === name),
    ),
  );
  const { cpu, cores } = run.machine;
  return (
    'Seconds are wall-clock time of reading, fitting and predicting when a fit was made, over all folds, subjects and ' +
    `regions of that layer. All layers of all models together: ${totals.join(', ')}. ` +
    `This run ended on ${cpu ?? 'an unknown processor'} with ${cores} cores.`
  );
}

function totalTime(readout: string, fits: RunFacts['fits']): string {
  const known = fits.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]));
  if (known.length === 0) return `${readout} not timed`;
  const gap =
    known.length < fits.length ? ` (${fits.length - known.length} of ${fits.length} fits not timed)` : '';
  const total = known.reduce((sum, seconds) => sum + seconds, 0);
  return `${readout} ${secondsText(total)} s${gap}`;
}

function secondsText(seconds: number): string {
  return digits(seconds, seconds < 10 ? 2 : 0);
}

function meanOfDefined(values: readonly number[]): number {
  return meanOf(values.filter((value) => !Number.isNaN(value)));
}
