import { readFileSync } from 'node:fs';
import { plugin } from './index.js';

describe('plugin', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    striate: { provides: { readouts: string[] } };
  };
  const readouts = Object.entries(plugin.provides.readouts!);

  it('offers what package.json says, in the order of the alphabet', () => {
    const names = readouts.map(([name]) => name);
    expect(names).toEqual(manifest.striate.provides.readouts);
    expect(names).toEqual([...names].sort());
  });

  it.each(readouts)('%s is made under its own name', (name, create) => {
    expect(create()).toMatchObject({ id: name, specVersion: 'v1' });
  });
});
