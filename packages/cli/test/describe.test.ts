import { run } from './project.js';
import { makeTemporaryFolder } from './temporary-folder.js';

const describeId = async (...args: string[]) => run(await makeTemporaryFolder(), 'describe', ...args);

describe('striate describe', () => {
  it('says what a readout does, with its default options, as JSON', async () => {
    const { code, stdout, stderr } = await describeId('ridge', '--json');
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({
        kind: 'readouts',
        id: 'ridge',
        plugin: '@striate/readouts',
        text: expect.stringContaining('alpha'),
        defaultOptions: expect.objectContaining({ folds: 5, scoreBy: 'mse' }),
      }),
    ]);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('says all that an id stands for: a ceiling and a convention are called nsd', async () => {
    const { stdout } = await describeId('nsd', '--json');
    const kinds = (JSON.parse(stdout) as { kind: string }[]).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(['ceilings', 'conventions']);
  });

  it('describes a dataset that has options without defaults', async () => {
    const { code, stdout } = await describeId('folder');
    expect(stdout).toMatch(/^folder \(datasets, @striate\/datasets\)\n {2}\S/);
    expect(code).toBe(0);
  });

  it('names the nearest of an unknown id', async () => {
    const { code, stdout, stderr } = await describeId('rigde');
    expect(stderr).toMatch(/STRIATE_UNKNOWN_ID.*"rigde"[^]*Did you mean "ridge"/);
    expect([code, stdout]).toEqual([2, '']);
  });
});
