import type { RunRecord } from '@striate/contracts';
import { categoryColour, categoryDash } from '../../charts/colour.js';
import { html, type Html } from '../html.js';

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
            stroke="${categoryColour(i)}"
            stroke-width="3"
            stroke-dasharray="${categoryDash(i)}"
          /></svg
        >${name}
      </li>`,
  );
  return html`<ul class="legend" aria-label="Models">
    ${items}
  </ul>`;
}
