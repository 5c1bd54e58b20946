// Alternatives of which one is shown: a labelled select and its panels. Without scripts, and on paper, all are shown.

import { html, nothing, type Html } from './html.js';

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
  return html`<p class="select">
      <label for="${id}">${label}</label>
      <select id="${id}" data-selects="${id}">
        ${options}
      </select>
    </p>
    ${bodies}`;
}

/** Shows the chosen panel of each select. Plain JavaScript: it runs in the reader's browser. */
export const PANEL_SCRIPT = `
document.documentElement.classList.add('scripted');
for (const select of document.querySelectorAll('select[data-selects]')) {
  const show = () => {
    for (const panel of document.querySelectorAll('[data-panel="' + select.dataset.selects + '"]')) {
      panel.hidden = panel.dataset.index !== select.value;
    }
  };
  select.addEventListener('change', show);
  show();
}`;
