import type { RunRecord } from '@striate/contracts';
import { seriesStyle } from '../../charts/colour.js';
import { html, type Html } from '../../html.js';

/** Colour and dash of every model. */
export function legend(record: RunRecord): Html {
  const items = record.models.map(
    ({ name }, i) =>
      html`<li>
        <svg viewBox="0 0 34 10" aria-hidden="true">
          <line
            x1="1"
            x2="33"
            y1="5"
            y2="5"
            stroke="${seriesStyle(i).colour}"
            stroke-width="3"
            stroke-dasharray="${seriesStyle(i).dash}"
          /></svg
        >${name}
      </li>`,
  );
  return html`<ul class="legend" aria-label="Models">
    ${items}
  </ul>`;
}
