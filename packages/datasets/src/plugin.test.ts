import { readFileSync } from 'node:fs';
import { plugin } from './plugin.js';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

describe('plugin', () => {
  it('offers what package.json lists, under the same ids', () => {
    const factories = plugin.provides.datasets!;
    expect(plugin.id).toBe(manifest.name);
    expect(Object.keys(factories)).toEqual(manifest.striate.provides.datasets);
    for (const [id, create] of Object.entries(factories))
      expect(create()).toMatchObject({ id, specVersion: 'v1' });
  });
});
