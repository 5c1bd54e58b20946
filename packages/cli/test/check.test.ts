import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDocumentedPlugin } from './documented-plugin.js';
import { run } from './project.js';
import { makeTemporaryFolder } from './temporary-folder.js';

interface Result {
  readonly part: string;
  readonly law: string;
  readonly outcome: string;
  readonly detail?: string;
}

describe('striate check', () => {
  it('finds that the plugin of docs/plugins.md keeps every law', async () => {
    const folder = await makeDocumentedPlugin();
    const { code, stdout, stderr } = await run(folder, 'check', './my-net', '--json');
    const results = JSON.parse(stdout) as Result[];
    expect(results.filter(({ outcome }) => outcome !== 'held')).toEqual([]);
    expect(results.length).toBeGreaterThan(10);
    expect(stderr).toBe(`${results.length} laws: ${results.length} held\n`);
    expect(code).toBe(0);
  });

  it('names the law that a plugin breaks, and exits with 1', async () => {
    const folder = await makeDocumentedPlugin((source) =>
      source.replace('value / 255', 'value / 255 + Math.random()'),
    );
    const { code, stdout, stderr } = await run(folder, 'check', './my-net', '--json');
    const results = JSON.parse(stdout) as Result[];
    const broken = results.filter(({ outcome }) => outcome === 'broken');
    expect(broken.map(({ law }) => law)).toContain('backend/deterministic');
    expect(broken[0]).toMatchObject({ part: 'backends/my-net', detail: expect.any(String) });
    const nBroken = broken.length;
    expect(stderr).toBe(`${results.length} laws: ${results.length - nBroken} held, ${nBroken} broken\n`);
    expect(code).toBe(1);
  });

  it('prints a table for people', async () => {
    const folder = await makeDocumentedPlugin();
    const { stdout } = await run(folder, 'check', './my-net');
    expect(stdout).toMatch(/^part +law +outcome +detail\n/);
    expect(stdout).toMatch(/^backends\/my-net +backend\/dispose +held /m);
  });

  it('checks a plugin that comes with striate, one part of it alone', async () => {
    const folder = await makeTemporaryFolder();
    const args = ['check', '@striate/scoring', '--part', 'split-half', '--json'];
    const { code, stdout } = await run(folder, ...args);
    const parts = (JSON.parse(stdout) as Result[]).map(({ part }) => part);
    expect([...new Set(parts)]).toEqual(['ceilings/split-half']);
    expect(code).toBe(0);
  });

  it('asks for the model that a backend has to be checked with', async () => {
    const { code, stdout, stderr } = await run(await makeTemporaryFolder(), 'check', '@striate/backend-onnx');
    expect(stderr).toMatch(/STRIATE_INVALID_OPTION.*--model/);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('refuses a package that holds no plugin, and one that fails at import', async () => {
    const folder = await makeTemporaryFolder();
    const nowhere = await run(folder, 'check', 'nowhere');
    expect(nowhere.stderr).toMatch(/STRIATE_PLUGIN_NOT_LOADED.*nowhere/);
    await mkdir(join(folder, 'failing'));
    const manifest = {
      name: 'failing',
      type: 'module',
      main: 'a.js',
      striate: { provides: { readouts: ['a'] } },
    };
    await writeFile(join(folder, 'failing', 'package.json'), JSON.stringify(manifest));
    await writeFile(join(folder, 'failing', 'a.js'), 'throw new TypeError("at import");');
    const failing = await run(folder, 'check', './failing');
    expect(failing.stderr).toMatch(/STRIATE_PLUGIN_NOT_LOADED.*at import/);
    expect([nowhere.code, failing.code]).toEqual([5, 5]);
  });
});

describe('a plugin outside the repository', () => {
  it('takes part in a comparison whose configuration names it', async () => {
    const folder = await makeDocumentedPlugin();
    const { code, stdout, stderr } = await run(join(folder, 'lab'), 'compare', 'try.yaml', '--json');
    expect(stderr).toContain('tasks done');
    expect(code).toBe(0);
    const { cells } = JSON.parse(stdout) as { cells: { model: string; layer: string }[] };
    expect(cells[0]).toMatchObject({ model: 'thumbnail', layer: 'pixels' });
  });

  it('is found where the project depends on it', async () => {
    const folder = await makeDocumentedPlugin();
    const lab = join(folder, 'lab');
    const dependencies = { 'my-net': 'file:../my-net' };
    await writeFile(join(lab, 'package.json'), JSON.stringify({ name: 'lab', dependencies }));
    await mkdir(join(lab, 'node_modules'));
    await symlink(join(folder, 'my-net'), join(lab, 'node_modules', 'my-net'));
    const { stdout } = await run(
      lab,
      'list',
      'layers',
      'my-net:thumbnail',
      '--json',
      '--options',
      '{"size":4}',
    );
    expect(JSON.parse(stdout)).toMatchObject([{ name: 'pixels', shape: [48] }]);
  });
});
