import { readFile } from 'node:fs/promises';
import * as kit from '../src/index.js';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

describe('README.md', () => {
  it('lists the laws as they are (else: npm run readme -w @striate/conformance)', () => {
    expect(readme).toContain(kit.formatLawTables());
  });

  it('names only what the package exports', () => {
    const imports = [...readme.matchAll(/import \{([^}]+)\} from '@striate\/conformance'/g)];
    const named = imports.flatMap(([, names]) => names.split(',').map((name) => name.trim()));
    const tabled = [...readme.matchAll(/^\| `(describe\w+)`/gm)].map(([, name]) => name);
    expect(tabled).toHaveLength(7);
    expect([...named, ...tabled].filter((name) => !(name in kit))).toEqual([]);
  });
});
