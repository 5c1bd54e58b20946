import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readout } from '@striate/contracts';

interface Row {
  readonly name: string;
  readonly standard: unknown;
}

/** Each folder with a `readout.ts`, as the registry finds them. */
const IDS = readdirSync('src').filter((folder) => existsSync(join('src', folder, 'readout.ts')));

/** The rows of a page that give an option and its default. */
function optionsOn(page: string): Row[] {
  const rows = readFileSync(page, 'utf8').matchAll(/^\| `(\w+)` +\| `([^`]+)` +\|/gm);
  return [...rows].map(([, name, text]) => ({ name, standard: valueOf(text) }));
}

/** A default as a page writes it: JSON, a flow mapping, or a word. */
function valueOf(text: string): unknown {
  if (text.startsWith('{')) return JSON.parse(text.replace(/(\w+):/g, '"$1":'));
  return /^[[\d]|^true$|^false$/.test(text) ? JSON.parse(text) : text;
}

/** A readout's page, and the pages of options that it points to. */
function pagesOf(id: string): string[] {
  const own = join('src', id, 'README.md');
  const linked = [...readFileSync(own, 'utf8').matchAll(/\]\(([^)#]+README\.md)/g)].map(([, path]) => path);
  return [own, ...linked.map((path) => join(dirname(own), path))];
}

describe.each(IDS)('%s', (id) => {
  let readout: Readout;
  beforeAll(async () => {
    const module = (await import(`./${id}/readout.js`)) as { create: () => Readout };
    readout = module.create();
  });

  it('is made under the name of its folder', () => {
    expect(readout).toMatchObject({ id, specVersion: 'v1' });
  });

  it('has a page that begins with its name and gives its formula', () => {
    const page = readFileSync(join('src', id, 'README.md'), 'utf8');
    expect(page).toMatch(new RegExp(`^# ${id}\\b`));
    expect(page).toMatch(/^ {4}\S.* = /m);
  });

  it('names every option with its default there, and no other', () => {
    const parse = (raw: object) => readout.parseOptions(raw) as Record<string, unknown>;
    const documented = pagesOf(id)
      .flatMap(optionsOn)
      .map(({ name, standard }) => [name, parse({ [name]: standard })[name]]);
    expect(Object.fromEntries(documented)).toEqual(parse({}));
  });
});
