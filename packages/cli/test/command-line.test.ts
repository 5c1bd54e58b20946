import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { makeProject, run, start } from './project.js';
import { makeTemporaryFolder } from './temporary-folder.js';

describe('striate', () => {
  it.each([
    ['nothing', [], /Say what to do/],
    ['an unknown command', ['frobnicate'], /Unknown command: frobnicate/],
    ['a mistyped command', ['comapre', 'plan.yaml'], /no such command; did you mean "compare"\?/],
    ['an unknown option', ['compare', 'plan.yaml', '--outt', 'x'], /Unknown argument: outt/],
    ['an option without its value', ['compare', 'plan.yaml', '--out'], /out/],
    ['a command without what it needs', ['compare'], /missing behind the command/],
    ['an option twice', ['compare', 'plan.yaml', '--out', 'a', '--out', 'b'], /--out is given 2 times/],
    ['a kind that cannot be listed', ['list', 'layer'], /"layer"[^]*"layers"/],
  ])('given %s, exits with 2 and says so on stderr', async (_, args, said) => {
    const folder = await makeTemporaryFolder();
    const { code, stdout, stderr } = await run(folder, ...args);
    expect(stderr).toMatch(/^STRIATE_COMMAND_LINE: /);
    expect(stderr).toMatch(said);
    expect(stderr).toContain('striate --help');
    expect([code, stdout]).toEqual([2, '']);
    expect(await readdir(folder)).toEqual([]);
  });

  it('prints help and version on stdout', async () => {
    const folder = await makeTemporaryFolder();
    const help = await run(folder, '--help');
    for (const command of ['compare', 'demo', 'list', 'describe', 'report', 'check', 'doctor'])
      expect(help.stdout).toContain(`striate ${command}`);
    const version = await run(folder, '--version');
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect([help.code, version.code]).toEqual([0, 0]);
  });

  it('takes what follows the value of a --var as what it is', async () => {
    const { stderr } = await run(await makeTemporaryFolder(), 'compare', '--var', 'A=1', 'nowhere.yaml');
    expect(stderr).toMatch(/STRIATE_CONFIGURATION_NOT_FOUND.*nowhere\.yaml/);
  });

  it('speaks English in every terminal, as its errors do', async () => {
    process.env['LC_ALL'] = 'de_DE.UTF-8';
    try {
      const { stderr } = await run(await makeTemporaryFolder(), 'frobnicate');
      expect(stderr).toContain('Unknown command: frobnicate');
    } finally {
      delete process.env['LC_ALL'];
    }
  });

  it('adds causes and stacks to an error with --verbose', async () => {
    const folder = await makeTemporaryFolder();
    const brief = await run(folder, 'compare', 'nowhere.yaml');
    const verbose = await run(folder, 'compare', 'nowhere.yaml', '--verbose');
    expect(brief.stderr).not.toContain('    at ');
    expect(verbose.stderr).toMatch(/ENOENT[^]* {4}at /);
    expect([brief.code, verbose.code]).toEqual([2, 2]);
  });

  it('stops at Ctrl-C with 130, and the next run goes on from there', async () => {
    const { folder, path } = await makeProject();
    const args = ['compare', 'plan.yaml', '--out', 'out', '--store', 'store'];
    const child = start(folder, args);
    const closed = new Promise((done) => child.on('close', done));
    while (!existsSync(path('store'))) await setTimeout(5);
    child.kill('SIGINT');
    expect(await closed).toBe(130);
    expect(await readdir(path('out'))).toEqual([]);
    expect((await run(folder, ...args)).code).toBe(0);
  });
});

describe('striate report', () => {
  it.each([
    ['is not there', undefined],
    ['is no JSON', 'x'],
    ['is of another version', '{ "recordVersion": 99 }'],
  ])('refuses a record that %s, and writes nothing', async (_, text) => {
    const folder = await makeTemporaryFolder();
    if (text !== undefined) await writeFile(join(folder, 'record.json'), text);
    const { code, stdout, stderr } = await run(folder, 'report', 'record.json', '--out', 'again');
    expect(stderr).toMatch(/^STRIATE_RECORD_INVALID: .*record\.json/);
    expect([code, stdout]).toEqual([3, '']);
    expect(await readdir(folder)).toEqual(text === undefined ? [] : ['record.json']);
  });
});
