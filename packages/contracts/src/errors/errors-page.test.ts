import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as errors from './striate-error.js';

const here = dirname(fileURLToPath(import.meta.url));
const PAGE = 'docs/errors.md';
/** The command line ends an interrupted run as shells do, whatever the error's kind. */
const INTERRUPTED = ['STRIATE_ABORTED', 130] as const;

/** Code and exit code of every error of the catalogue, as its sources make it. */
function readCatalogue(): Map<string, number> {
  const folder = join(here, 'catalogue');
  const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const made = sources.flatMap((source) => [...source.matchAll(/new (\w+Error)\(\s*'(STRIATE_\w+)'/g)]);
  return new Map(made.map(([, kind, code]) => [code, exitCodeOf(kind)]));
}

function exitCodeOf(kind: string): number {
  const ErrorOfKind = errors[kind as 'UsageError'];
  return new ErrorOfKind('STRIATE_X', '').exitCode;
}

/** Code and exit code of every row of the page's tables. */
function readPage(): [code: string, exitCode: number][] {
  const page = readFileSync(join(here, '../../../..', PAGE), 'utf8');
  return [...page.matchAll(/^\| `(STRIATE_\w+)` +\| (\d+) /gm)].map(([, code, exit]) => [code, Number(exit)]);
}

describe(PAGE, () => {
  const catalogue = readCatalogue();
  const rows = readPage();

  it('has a row for every error of the catalogue, and for no other', () => {
    expect(catalogue.size).toBeGreaterThan(40);
    expect(rows.map(([code]) => code).sort()).toEqual([...catalogue.keys()].sort());
  });

  it('says the exit code that the command line ends with', () => {
    expect(new Map(rows)).toEqual(new Map([...catalogue, INTERRUPTED]));
  });
});
