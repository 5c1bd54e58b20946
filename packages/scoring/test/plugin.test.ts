import { readFileSync } from 'node:fs';
import { SEAM_NAMES } from '@striate/contracts';
import { plugin } from '../src/index.js';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

describe('plugin', () => {
  it('offers what package.json says that it offers', () => {
    const offered = Object.fromEntries(
      Object.entries(plugin.provides).map(([seam, parts]) => [seam, Object.keys(parts)]),
    );
    expect(offered).toEqual(manifest.striate.provides);
    expect(plugin.id).toBe(manifest.name);
  });

  it('makes parts that carry the id under which they are offered', () => {
    for (const seam of SEAM_NAMES) {
      for (const [id, create] of Object.entries(plugin.provides[seam] ?? {})) expect(create().id).toBe(id);
    }
  });
});
