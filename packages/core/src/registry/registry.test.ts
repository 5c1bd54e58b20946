import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { definePlugin, type Executor } from '@striate/contracts';
import { createRegistry } from './registry.js';

/** A project that depends on a plugin package, as npm lays it out. */
async function makeProject(plugins: Record<string, { provides: object; source: string }>): Promise<string> {
  const project = await mkdtemp(join(tmpdir(), 'striate-project-'));
  const dependencies = Object.fromEntries(Object.keys(plugins).map((name) => [name, '1.0.0']));
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'mine', dependencies }));
  for (const [name, { provides, source }] of Object.entries(plugins)) {
    const folder = join(project, 'node_modules', name);
    await mkdir(folder, { recursive: true });
    const manifest = { name, type: 'module', main: 'main.js', striate: { specVersion: 'v1', provides } };
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(folder, 'main.js'), source);
  }
  return project;
}

const gabor = {
  provides: { backends: ['gabor'] },
  source: `export const plugin = { specVersion: 'v1', id: 'gabor-net', provides: { backends: { gabor: () => ({ id: 'gabor' }) } } };`,
};

describe('createRegistry', () => {
  it('finds a plugin among the dependencies of a project, and makes its part once', async () => {
    const project = await makeProject({ 'gabor-net': gabor });
    const registry = await createRegistry({ searchFrom: [project] });
    expect(registry.list('backends')).toEqual([{ id: 'gabor', plugin: 'gabor-net' }]);
    const part = await registry.get('backends', 'gabor');
    expect(part.id).toBe('gabor');
    expect(await registry.get('backends', 'gabor')).toBe(part);
  });

  it('lists a plugin without loading it', async () => {
    const project = await makeProject({ broken: { ...gabor, source: 'throw new TypeError("at import");' } });
    const registry = await createRegistry({ searchFrom: [project] });
    expect(registry.list('backends')).toHaveLength(1);
    await expect(registry.get('backends', 'gabor')).rejects.toMatchObject({
      code: 'STRIATE_PLUGIN_NOT_LOADED',
      message: expect.stringContaining('at import'),
    });
  });

  it('finds a plugin that a configuration names by path', async () => {
    const project = await makeProject({ 'gabor-net': gabor });
    const registry = await createRegistry({
      searchFrom: [],
      plugins: ['./node_modules/gabor-net'],
      baseFolder: project,
    });
    expect((await registry.get('backends', 'gabor')).id).toBe('gabor');
  });

  it('refuses a plugin that is not installed, and a package that is none', async () => {
    const project = await makeProject({});
    const named = (name: string) => createRegistry({ searchFrom: [], plugins: [name], baseFolder: project });
    await expect(named('nowhere-to-be-found')).rejects.toMatchObject({ code: 'STRIATE_PLUGIN_NOT_LOADED' });
    await expect(named('.')).rejects.toMatchObject({ code: 'STRIATE_PLUGIN_NOT_LOADED' });
  });

  it('names the nearest id of an unknown one', async () => {
    const registry = await createRegistry({ searchFrom: [await makeProject({ 'gabor-net': gabor })] });
    await expect(registry.get('backends', 'gabr')).rejects.toMatchObject({
      code: 'STRIATE_UNKNOWN_ID',
      hint: expect.stringContaining('"gabor"'),
    });
  });

  it('refuses an id that two plugins offer, naming both', async () => {
    const project = await makeProject({ 'gabor-net': gabor, 'other-net': gabor });
    const registry = await createRegistry({ searchFrom: [project] });
    await expect(registry.get('backends', 'gabor')).rejects.toMatchObject({
      code: 'STRIATE_DUPLICATE_ID',
      context: { plugins: ['gabor-net', 'other-net'] },
    });
  });

  it('holds a plugin to what its package.json says', async () => {
    const project = await makeProject({ liar: { ...gabor, provides: { backends: ['resnet'] } } });
    const registry = await createRegistry({ searchFrom: [project] });
    await expect(registry.get('backends', 'resnet')).rejects.toMatchObject({
      code: 'STRIATE_BROKEN_PROMISE',
    });
  });

  it('refuses a part that calls itself otherwise', async () => {
    const project = await makeProject({
      liar: { ...gabor, source: gabor.source.replace("id: 'gabor' }", "id: 'gobar' }") },
    });
    const registry = await createRegistry({ searchFrom: [project] });
    await expect(registry.get('backends', 'gabor')).rejects.toMatchObject({
      code: 'STRIATE_BROKEN_PROMISE',
      message: expect.stringContaining('"gobar"'),
    });
  });

  describe('of a package with a module per part', () => {
    const make = async (modules: Record<string, string>, pattern = './parts/*/backend.js') => {
      const project = await makeProject({ nets: { provides: { backends: pattern }, source: '' } });
      const parts = join(project, 'node_modules', 'nets', 'parts');
      for (const [path, source] of Object.entries(modules)) {
        await mkdir(dirname(join(parts, path)), { recursive: true });
        await writeFile(join(parts, path), source);
      }
      return project;
    };
    const makes = (id: string) => `export const create = () => ({ id: '${id}' });`;

    it('finds each by its folder, and loads the one that is asked for alone', async () => {
      const project = await make({
        'morlet/backend.js': 'throw new TypeError("at import");',
        'gabor/backend.js': makes('gabor'),
        'shared/filters.js': '',
      });
      const registry = await createRegistry({ searchFrom: [project] });
      expect(registry.list('backends').map(({ id }) => id)).toEqual(['gabor', 'morlet']);
      expect((await registry.get('backends', 'gabor')).id).toBe('gabor');
      await expect(registry.get('backends', 'morlet')).rejects.toMatchObject({
        code: 'STRIATE_PLUGIN_NOT_LOADED',
        message: expect.stringContaining('at import'),
      });
    });

    it.each([
      ['makes none', 'export {};'],
      ['makes one of another name', makes('morlet')],
    ])('refuses a module that %s', async (_, source) => {
      const registry = await createRegistry({ searchFrom: [await make({ 'gabor/backend.js': source })] });
      await expect(registry.get('backends', 'gabor')).rejects.toMatchObject({
        code: 'STRIATE_BROKEN_PROMISE',
      });
    });

    it.each([
      ['that no file fits', './dist/*/backend.js', 'is the package built?'],
      ['without a folder that is a star', './parts/gabor/backend.js', 'no folder of that path is a star'],
      ['with two stars', './*/*/backend.js', 'no folder of that path is a star'],
    ])('refuses a pattern %s', async (_, pattern, message) => {
      const project = await make({ 'gabor/backend.js': makes('gabor') }, pattern);
      await expect(createRegistry({ searchFrom: [project] })).rejects.toMatchObject({
        code: 'STRIATE_PLUGIN_NOT_LOADED',
        message: expect.stringContaining(message),
      });
    });
  });

  it('takes plugins that a script has loaded', async () => {
    const executor = { id: 'mine' } as Executor;
    const plugin = definePlugin({
      specVersion: 'v1',
      id: 'script',
      provides: { executors: { mine: () => executor } },
    });
    const registry = await createRegistry({ searchFrom: [], loaded: [plugin] });
    expect(await registry.get('executors', 'mine')).toBe(executor);
  });
});
