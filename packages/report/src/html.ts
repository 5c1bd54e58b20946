/** Text that may hold anything, made safe for HTML and attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** HTML that is safe as it stands. */
export interface Html {
  readonly html: string;
}

/**
 * A template whose values are escaped, unless they are HTML already; lists are joined.
 * @example
 * html`<p>${'a < b'}</p>`.html // => '<p>a &#60; b</p>'
 */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (Html | string | number | readonly Html[])[]
): Html {
  const rendered = values.map((value) => {
    if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
    return 'html' in value ? value.html : value.map((item) => item.html).join('');
  });
  return { html: parts.reduce((text, part, i) => text + part + (rendered[i] ?? ''), '') };
}

export const nothing: Html = { html: '' };

/** Digits for a table cell; a dash for what is undefined. */
export function digits(value: number | null | undefined, count = 3): string {
  return value === null || value === undefined || Number.isNaN(value)
    ? '\u2013'
    : value.toFixed(count).replace('-', '\u2212');
}

/** Data for the page's script; nothing in it can end the element early. */
export function inlineJson(id: string, value: unknown): Html {
  const text = JSON.stringify(value).replaceAll('<', '\\u003c');
  return { html: `<script type="application/json" id="${escapeHtml(id)}">${text}</script>` };
}
