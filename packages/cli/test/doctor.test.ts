import { symlink, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './project.js';
import { makeTemporaryFolder } from './temporary-folder.js';

interface Finding {
  readonly what: string;
  readonly isGood: boolean;
  readonly detail: string;
}

describe('striate doctor', () => {
  it('finds engine, store and every plugin of a good installation in order', async () => {
    const folder = await makeTemporaryFolder();
    const { code, stdout } = await run(folder, 'doctor', '--json', '--store', 'artefacts');
    const findings = JSON.parse(stdout) as Finding[];
    expect(findings.filter(({ isGood }) => !isGood)).toEqual([]);
    const detailOf = (what: string) => findings.find((finding) => finding.what === what)?.detail;
    expect(detailOf('node')).toContain(process.version);
    expect(detailOf('devices')).toMatch(/^usable: cpu/);
    expect(detailOf('store')).toContain(join(folder, 'artefacts'));
    expect(detailOf('@striate/readouts')).toMatch(/\bridge\b/);
    expect(code).toBe(0);
  });

  it('exits with 1 and names what is wrong: a store that is a file, a plugin that does not load', async () => {
    const folder = await makeTemporaryFolder();
    await writeFile(join(folder, 'a-file'), '');
    await addFailingPlugin(folder);
    const { code, stdout } = await run(folder, 'doctor', '--json', '--store', 'a-file');
    const problems = (JSON.parse(stdout) as Finding[]).filter(({ isGood }) => !isGood);
    expect(problems).toEqual([
      expect.objectContaining({ what: 'store', detail: expect.stringContaining('a-file') }),
      expect.objectContaining({ what: 'failing', detail: expect.stringContaining('at import') }),
    ]);
    expect(code).toBe(1);
  });

  it('prints a table for people', async () => {
    const { stdout } = await run(await makeTemporaryFolder(), 'doctor');
    expect(stdout).toMatch(/^part +state +detail\n/);
    expect(stdout).toMatch(/^engine +ok +ONNX Runtime runs/m);
  });
});

/** A project that depends on a plugin which throws when it is loaded. */
async function addFailingPlugin(project: string): Promise<void> {
  const folder = join(project, 'plugin');
  await mkdir(folder);
  const striate = { specVersion: 'v1', provides: { readouts: ['broken'] } };
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'failing', main: 'main.mjs', striate }),
  );
  await writeFile(join(folder, 'main.mjs'), 'throw new TypeError("at import");');
  await mkdir(join(project, 'node_modules'));
  await symlink(folder, join(project, 'node_modules', 'failing'));
  await writeFile(join(project, 'package.json'), JSON.stringify({ dependencies: { failing: '*' } }));
}
