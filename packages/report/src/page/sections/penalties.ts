import { decodeFloats, type RunRecord } from '@striate/contracts';
import { seriesStyle } from '../../charts/colour.js';
import { histogram } from '../../charts/histogram.js';
import { groupBy } from '../cells.js';
import { modelIndex } from '../choose.js';
import { figure } from '../figure.js';
import { html, nothing, type Html } from '../../html.js';
import { legend } from './legend.js';

/** Which penalties were chosen, on a logarithmic scale; one chart per readout. */
export function penaltySection(record: RunRecord): Html {
  const charts = record.readouts.flatMap(({ name }) => {
    const fits = record.fits.filter((fit) => fit.readout === name && 'alpha' in fit.perVoxel);
    return fits.length === 0 ? [] : [readoutChart(record, name, fits)];
  });
  if (charts.length === 0) return nothing;
  return html`<h3>Penalties</h3>
    ${legend(record)}
    <div class="charts">${charts}</div>
    <p class="note">
      The penalties that each readout chose, over all layers and ${record.dataset.recordingKind}s, averaged
      over folds. Much at either end says that the grid was too narrow.
    </p>`;
}

function readoutChart(record: RunRecord, readout: string, fits: RunRecord['fits']): Html {
  const distributions = groupBy(fits, ({ model }) => model).map((own) => ({
    name: own[0].model,
    values: own
      .flatMap(({ perVoxel }) => [...decodeFloats(perVoxel['alpha'])].map(Math.log10))
      .filter(Number.isFinite),
    style: seriesStyle(modelIndex(record, own[0].model)),
  }));
  return figure(
    readout,
    histogram({
      description: `Histogram of the penalties chosen by ${readout}`,
      xLabel: 'log10 of the penalty',
      yLabel: `share of ${record.dataset.recordingKind}s and layers`,
      distributions,
    }),
  );
}
