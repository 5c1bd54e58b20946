import { html, type Html } from '../html.js';

/** A chart under its title. */
export function figure(title: string, chart: Html): Html {
  return html`<figure>
    <h3>${title}</h3>
    ${chart}
  </figure>`;
}
