import { readFileSync } from 'node:fs';
import { plugin } from './index.js';

const readme = readFileSync('README.md', 'utf8');
const [, options] = /^## Options\n(.*?)^## /ms.exec(readme)!;
const rows = [...options.matchAll(/^\| `(\w+)` +\| `([^`]+)` +\|/gm)].map(([, name, text]) => ({
  name,
  standard: valueOf(text),
}));

/** A default as the page writes it: JSON, a flow mapping, or a word. */
function valueOf(text: string): unknown {
  if (text.startsWith('{')) return JSON.parse(text.replace(/(\w+):/g, '"$1":'));
  return /^[[\d]|^true$|^false$/.test(text) ? JSON.parse(text) : text;
}

describe('the options in README.md', () => {
  // fwrf has a page of its own.
  const readouts = Object.entries(plugin.provides.readouts!).filter(([id]) => id !== 'fwrf');
  const parsed = readouts.map(([, create]) => {
    const readout = create();
    return (raw: object) => readout.parseOptions(raw) as Record<string, unknown>;
  });

  it.each(readouts.map(([id], i) => [id, parsed[i]] as const))(
    'name every option of %s with its default',
    (_, parse) => {
      for (const [name, standard] of Object.entries(parse({}))) {
        const written = rows
          .filter((row) => row.name === name)
          .map((row) => parseOne(parse, name, row.standard));
        expect(written).toContainEqual(standard);
      }
    },
  );

  it('name no option that no readout has', () => {
    const known = new Set(parsed.flatMap((parse) => Object.keys(parse({}))));
    expect(rows.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
  });
});

/** The value that a default stands for, e.g. a list for a range of powers. */
function parseOne(parse: (raw: object) => Record<string, unknown>, name: string, value: unknown): unknown {
  return parse({ [name]: value })[name];
}
