import { decodeFloats, type RunRecord } from '@striate/contracts';
import { seriesStyle } from '../../charts/colour.js';
import { histogram } from '../../charts/histogram.js';
import { groupBy } from '../cells.js';
import { modelIndex } from '../choose.js';
import { figure } from '../figure.js';
import { html, nothing, type Html } from '../../html.js';
import { legend } from './legend.js';
import { unitsOf } from '../units.js';

/** What readouts choose for each voxel, as they name it and in words. */
const PENALTIES = [
  { quantity: 'alpha', word: 'penalty' },
  { quantity: 'strength', word: 'penalty factor' },
];

/** Which penalties were chosen, on a logarithmic scale; one chart per readout. */
export function penaltySection(record: RunRecord): Html {
  const all = record.readouts.flatMap(({ name: readout }) =>
    PENALTIES.map(({ quantity, word }) => ({ readout, word, choices: choicesOf(record, readout, quantity) })),
  );
  const reported = all.filter(({ choices }) => choices.length > 0);
  if (reported.length === 0) return nothing;
  const isDrawn = ({ choices }: Penalties) => choices.some(({ values }) => values.some((value) => value > 0));
  const zeros = reported.filter((each) => !isDrawn(each));
  return html`<h3>Penalties</h3>
    ${legend(record)}
    <div class="charts">${reported.filter(isDrawn).map((each) => chartOf(record, each))}</div>
    <p class="note">
      The penalties that each readout chose, over all layers and ${unitsOf(record)}, averaged over folds. Much
      at either end says that the grid was too narrow.
      ${zeros.map(({ readout, word }) => html`The ${word} of ${readout} is 0 throughout. `)}
    </p>`;
}

interface Penalties {
  readonly readout: string;
  readonly word: string;
  readonly choices: readonly { readonly model: string; readonly values: readonly number[] }[];
}

/** By model, over all layers and voxels. */
function choicesOf(record: RunRecord, readout: string, quantity: string): Penalties['choices'] {
  const fits = record.fits.filter((fit) => fit.readout === readout && quantity in fit.perVoxel);
  return groupBy(fits, ({ model }) => model).map((own) => ({
    model: own[0].model,
    values: own.flatMap(({ perVoxel }) => [...decodeFloats(perVoxel[quantity])]),
  }));
}

function chartOf(record: RunRecord, { readout, word, choices }: Penalties): Html {
  const chart = histogram({
    description: `Histogram of the ${word} chosen by ${readout}`,
    xLabel: `log10 of the ${word}`,
    yLabel: `share of ${unitsOf(record)} and layers`,
    distributions: choices.map(({ model, values }) => ({
      name: model,
      values: values.map(Math.log10).filter(Number.isFinite),
      style: seriesStyle(modelIndex(record, model)),
    })),
  });
  return figure(readout, html`${chart}${notDrawn(choices.flatMap(({ values }) => values))}`);
}

/** A logarithmic axis has no place for zero. */
function notDrawn(values: readonly number[]): Html {
  const nZero = values.filter((value) => value === 0).length;
  const nUndefined = values.filter((value) => Number.isNaN(value)).length;
  if (nZero + nUndefined === 0) return nothing;
  return html`<p class="note">
    Of ${values.length}, ${nZero} are 0 and ${nUndefined} undefined: they are not drawn.
  </p>`;
}
