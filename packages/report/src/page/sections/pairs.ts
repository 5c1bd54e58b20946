// Model against model, voxel by voxel. All pairs of a region share the axes, so that the page's script has only to move
// the points when another pair is chosen.

import type { RunRecord } from '@striate/contracts';
import { thinned, toSteps } from '../../charts/points.js';
import { domainOf } from '../../charts/scale.js';
import { scatter } from '../../charts/scatter.js';
import { groupBy, type Cell } from '../cells.js';
import { bestByRegion, bestOf } from '../choose.js';
import { figure } from '../figure.js';
import { html, inlineJson, nothing, type Html } from '../../html.js';
import { cloudNote } from './spread.js';

/** What the script draws from: per region and entry the positions of the voxels in steps; none where there is no score. */
interface PairData {
  readonly scorer: string;
  readonly names: readonly string[];
  readonly regions: readonly {
    readonly region: string;
    readonly steps: readonly (readonly (number | null)[])[];
  }[];
}

/** Scatters of one model (and readout) against another, by the first scorer. */
export function pairSection(record: RunRecord, cells: readonly Cell[]): Html {
  const own = cells.filter(({ scorer }) => scorer === cells[0].scorer);
  const names = groupBy(own, nameOf(record)).map(([cell]) => nameOf(record)(cell));
  if (names.length < 2) return nothing;
  const columns = bestByRegion(record, own).map(({ region, cells: best }) => {
    const values = names.map((name) =>
      thinned(best.find((cell) => nameOf(record)(cell) === name)?.values ?? []),
    );
    const domain = domainOf(values.flat(), [0]);
    return { region, best: bestOf(best)!, domain, steps: values.map((each) => toSteps(each, domain)) };
  });
  if (columns.length === 0) return nothing;
  const chosen = firstPair(columns.map(({ best }) => names.indexOf(nameOf(record)(best))));
  const data: PairData = {
    scorer: own[0].scorer,
    names,
    regions: columns.map(({ region, steps }) => ({ region, steps })),
  };
  return html`<h3>Model against model</h3>
    <p class="select">
      ${choice('pair-x', 'Across', names, chosen[0])} ${choice('pair-y', 'Up', names, chosen[1])}
    </p>
    <div class="charts small" id="pairs">${columns.map((column) => chartOf(data, column, chosen))}</div>
    <p class="note">
      Scores are ${own[0].scorer}, each model at its best layer; a point is one
      ${record.dataset.recordingKind} (${cloudNote}). Above the dashed line the model of the upright axis
      predicts it better.
    </p>
    ${inlineJson('pair-data', data)}`;
}

/** The winners of the first region and of the last region that another one wins. */
function firstPair(winners: readonly number[]): readonly [number, number] {
  const [first] = winners;
  return [first, winners.findLast((winner) => winner !== first) ?? (first === 0 ? 1 : 0)];
}

const nameOf =
  (record: RunRecord) =>
  ({ model, readout }: Cell): string =>
    record.readouts.length > 1 ? `${model}, ${readout}` : model;

function choice(id: string, label: string, names: readonly string[], chosen: number): Html {
  const options = names.map((name, i) =>
    i === chosen
      ? html`<option value="${i}" selected>${name}</option>`
      : html`<option value="${i}">${name}</option>`,
  );
  return html`<span
    ><label for="${id}">${label}</label>
    <select id="${id}" autocomplete="off">
      ${options}
    </select></span
  >`;
}

function chartOf(
  { names, scorer }: PairData,
  column: { region: string; domain: [number, number]; steps: (number | null)[][] },
  [x, y]: readonly [number, number],
): Html {
  const { region, domain, steps } = column;
  return figure(
    region,
    scatter({
      description: `${scorer} of ${names[y]} against ${names[x]}, ${region}`,
      ...{ xLabel: names[x], yLabel: names[y], domain },
      ...{ x: steps[x], y: steps[x].length === steps[y].length ? steps[y] : [] },
      colour: 'var(--series-0)',
    }),
  );
}
