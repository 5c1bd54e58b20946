import { html, type Html } from '../html.js';

/** Text, a number, or a number as it is to be written. */
export type TableCell = string | number | { readonly number: string };

/** A plain table whose first column names the row; numbers and their heads are set right, text left. */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly TableCell[])[],
): Html {
  const body = rows.map(([name, ...values]) => {
    const cells = values.map((value) => html`<td class="${kindOf(value)}">${written(value)}</td>`);
    return html`<tr>
      <th scope="row">${written(name)}</th>
      ${cells}
    </tr>`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head, i) => html`<th scope="col" class="${kindOf(rows[0]?.[i] ?? '')}">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}

const kindOf = (cell: TableCell) => (typeof cell === 'string' ? 'string' : 'number');

const written = (cell: TableCell) => (typeof cell === 'object' ? cell.number : cell);
