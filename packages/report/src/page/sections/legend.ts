import type { RunRecord } from '@striate/contracts';
import { seriesStyle } from '../../charts/colour.js';
import { html, type Html } from '../../html.js';

/** Colour and dash of every model. */
export function legend({ models }: RunRecord): Html {
  return entries(
    'Models',
    models.map(({ name }, index) => ({ name, index })),
  );
}

/** Colour and dash of some readouts, where readouts are compared. */
export function readoutLegend({ readouts }: RunRecord, shown: ReadonlySet<string>): Html {
  const all = readouts.map(({ name }, index) => ({ name, index }));
  return entries(
    'Readouts',
    all.filter(({ name }) => shown.has(name)),
  );
}

function entries(label: string, series: readonly { readonly name: string; readonly index: number }[]): Html {
  const items = series.map(
    ({ name, index }) =>
      html`<li>
        <svg viewBox="0 0 34 10" aria-hidden="true">
          <line
            x1="1"
            x2="33"
            y1="5"
            y2="5"
            stroke="${seriesStyle(index).colour}"
            stroke-width="3"
            stroke-dasharray="${seriesStyle(index).dash}"
          /></svg
        >${name}
      </li>`,
  );
  return html`<ul class="legend" aria-label="${label}">
    ${items}
  </ul>`;
}
