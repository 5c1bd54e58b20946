import type { RunRecord } from '@striate/contracts';
import { histogram } from '../../charts/histogram.js';
import { scatter } from '../../charts/scatter.js';
import { html, nothing, type Html } from '../html.js';
import { panels, type Panel } from '../panels.js';
import { bestLayers, combinations, modelIndex, type Cell } from '../summary.js';
import { legend } from './legend.js';

/** How scores are spread over voxels: histograms, scores against ceilings, and models against each other. */
export function distributionSection(record: RunRecord, cells: readonly Cell[]): Html {
  if (cells.length === 0) return nothing;
  const groups = combinations(cells).map(({ readout, scorer }) => {
    const own = cells.filter((cell) => cell.readout === readout && cell.scorer === scorer);
    const best = record.regions.map((region) => ({
      region,
      cells: bestLayers(
        record,
        own.filter((cell) => cell.region === region),
      ),
    }));
    return { label: `${scorer}, ${readout}`, scorer, best: best.filter((each) => each.cells.length > 0) };
  });
  const unit = record.dataset.recordingKind;
  return html`<h3>How scores are spread</h3>
    ${legend(record)}${panels('spread', 'Show', groups.map(histograms))}
    <p class="note">
      Share of ${unit}s by score, each model at its best layer; vertical lines are means. Undefined scores are
      left out here and counted below.
    </p>
    ${ceilingScatters(groups[0], record)} ${pairScatters(groups[0], record)}`;
}

interface Group {
  readonly label: string;
  readonly scorer: string;
  readonly best: readonly { readonly region: string; readonly cells: readonly Cell[] }[];
}

function histograms({ label, scorer, best }: Group): Panel {
  const charts = best.map(({ region, cells }) => {
    const distributions = cells.map(({ model, values }, index) => ({
      ...{ name: model, index },
      values: values.filter((value) => !Number.isNaN(value)),
    }));
    const chart = histogram({ title: `${scorer} over voxels, ${region}`, xLabel: scorer, distributions });
    return html`<figure>
      <h3>${region}</h3>
      ${chart}
    </figure>`;
  });
  return { label, content: html`<div class="charts">${charts}</div>` };
}

function ceilingScatters({ best, scorer }: Group, record: RunRecord): Html {
  if (record.scorers.find(({ name }) => name === scorer)?.id !== 'pearson') return nothing;
  const charts = best.flatMap(({ region, cells }) => {
    const [top] = [...cells].sort((a, b) => b.mean - a.mean);
    if (top.ceilings.length === 0) return [];
    const points = top.values.map((value, i) => [top.ceilings[i], value] as const);
    const index = modelIndex(record, top.model);
    const chart = scatter({
      title: `score against ceiling, ${region}`,
      xLabel: 'noise ceiling (correlation)',
      yLabel: scorer,
      points,
      index,
    });
    return [
      html`<figure>
        <h3>${region}: ${top.model}, ${top.layer}</h3>
        ${chart}
      </figure>`,
    ];
  });
  if (charts.length === 0) return nothing;
  return html`<h3>Scores against ceilings</h3>
    <div class="charts small">${charts}</div>
    <p class="note">
      The best model of each region. On the dashed line a model explains all that can be explained.
    </p>`;
}

function pairScatters({ best, scorer }: Group, record: RunRecord): Html {
  const names = record.models.map(({ name }) => name);
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => ({ a, b })));
  const all = pairs.slice(0, 28).flatMap(({ a, b }): Panel[] => {
    const charts = best.flatMap(({ region, cells }) => {
      const [one, other] = [a, b].map((name) => cells.find((cell) => cell.model === name));
      if (!one || !other || one.values.length !== other.values.length) return [];
      const points = one.values.map((value, i) => [value, other.values[i]] as const);
      const chart = scatter({
        title: `${a} against ${b}, ${region}`,
        xLabel: `${a}: ${scorer}`,
        yLabel: `${b}: ${scorer}`,
        points,
        index: 0,
      });
      return [
        html`<figure>
          <h3>${region}</h3>
          ${chart}
        </figure>`,
      ];
    });
    return charts.length === 0
      ? []
      : [{ label: `${a} against ${b}`, content: html`<div class="charts small">${charts}</div>` }];
  });
  if (all.length === 0) return nothing;
  return html`<h3>Model against model</h3>
    ${panels('pairs', 'Compare', all)}
    <p class="note">
      A point is one ${record.dataset.recordingKind}; above the dashed line the second model predicts it
      better.
    </p>`;
}
