import { decodeFloats, type RunRecord } from '@striate/contracts';
import { histogram } from '../../charts/histogram.js';
import { html, nothing, type Html } from '../html.js';
import { modelIndex } from '../summary.js';

/** Which penalties were chosen, on a logarithmic scale; one chart per readout. */
export function penaltySection(record: RunRecord): Html {
  const charts = record.readouts.flatMap(({ name }) => {
    const fits = record.fits.filter((fit) => fit.readout === name && 'alpha' in fit.perVoxel);
    const byModel = new Map<string, number[]>();
    for (const { model, perVoxel } of fits) {
      const exponents = [...decodeFloats(perVoxel['alpha'])].map(Math.log10).filter(Number.isFinite);
      byModel.set(model, [...(byModel.get(model) ?? []), ...exponents]);
    }
    if (byModel.size === 0) return [];
    const distributions = [...byModel].map(([model, values]) => ({
      name: model,
      index: modelIndex(record, model),
      values,
    }));
    const chart = histogram({
      title: `penalties chosen by ${name}`,
      xLabel: 'log10 of the penalty',
      distributions,
    });
    return [
      html`<figure>
        <h3>${name}</h3>
        ${chart}
      </figure>`,
    ];
  });
  return charts.length === 0
    ? nothing
    : html`<h3>Penalties</h3>
        <div class="charts">${charts}</div>`;
}
