// Alternatives of which one is shown: a labelled select and its panels. Without scripts, and on paper, all are shown.

import { html, nothing, type Html } from '../html.js';

export interface Panel {
  readonly label: string;
  readonly content: Html;
}

/** A select over panels; a single panel stands alone. */
export function panels(id: string, label: string, all: readonly Panel[]): Html {
  if (all.length === 0) return nothing;
  if (all.length === 1) return all[0].content;
  const options = all.map((panel, i) => html`<option value="${i}">${panel.label}</option>`);
  const bodies = all.map(
    (panel, i) =>
      html`<div data-panel="${id}" data-index="${i}">
        <p class="panel-name">${panel.label}</p>
        ${panel.content}
      </div>`,
  );
  // No autocomplete: some browsers restore a choice on reload without a word to the script.
  return html`<p class="select">
      <label for="${id}-select">${label}</label>
      <select id="${id}-select" data-selects="${id}" autocomplete="off">
        ${options}
      </select>
    </p>
    ${bodies}`;
}
