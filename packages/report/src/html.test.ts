import { digits, escapeHtml, html, inlineJson } from './html.js';

describe('html', () => {
  it('escapes values and keeps HTML that is HTML already', () => {
    const inner = html`<b>${'a < b'}</b>`;
    expect(html`<p title="${'"'}">${inner}${[inner]}${1}</p>`.html).toBe(
      '<p title="&#34;"><b>a &#60; b</b><b>a &#60; b</b>1</p>',
    );
  });
});

describe('escapeHtml', () => {
  it('escapes all that may end a text or an attribute', () => {
    expect(escapeHtml(`<>&"'`)).toBe('&#60;&#62;&#38;&#34;&#39;');
  });
});

describe('digits', () => {
  it('has a dash for what is undefined and a true minus sign', () => {
    expect([digits(0.12345), digits(-0.5), digits(Number.NaN), digits(null)]).toEqual([
      '0.123',
      '−0.500',
      '–',
      '–',
    ]);
  });
});

describe('inlineJson', () => {
  it('cannot be ended early and reads back the same', () => {
    const value = { text: '</script><!--' };
    const [, json] = /<script[^>]*>(.*)<\/script>$/.exec(inlineJson('x', value).html)!;
    expect(json).not.toContain('<');
    expect(JSON.parse(json)).toEqual(value);
  });
});
