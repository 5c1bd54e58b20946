import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { smallRunFacts } from '../__fixtures__/small-record.js';
import { readRunFacts } from './run-facts.js';

describe('readRunFacts', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'striate-report-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function read(text: string, planKey = smallRunFacts.planKey) {
    const path = join(folder, 'run.json');
    await writeFile(path, text);
    return readRunFacts(path, { planKey });
  }

  it('reads what a run wrote', async () => {
    expect(await read(JSON.stringify(smallRunFacts))).toEqual(smallRunFacts);
  });

  it('has nothing to say where there is no such file, or where it is of another plan', async () => {
    expect(await readRunFacts(join(folder, 'none.json'), smallRunFacts)).toBeUndefined();
    expect(await read(JSON.stringify(smallRunFacts), 'another')).toBeUndefined();
  });

  it.each([
    ['garbage', 'PK', /no JSON/],
    ['no object', 'null', /"fits" is no list/],
    ['no list of fits', '{"fits": 3}', /"fits" is no list/],
    ['no machine', '{"fits": []}', /"machine" is missing/],
    [
      'a time that is none',
      JSON.stringify({ ...smallRunFacts, fits: [{ seconds: 'long' }] }),
      /fits\[0\]\.seconds is no number/,
    ],
  ])('refuses %s and says so', async (_, text, reason) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'STRIATE_RUN_FACTS_INVALID',
      message: expect.stringMatching(reason) as string,
    });
  });

  it('refuses what cannot be read', async () => {
    await expect(readRunFacts(folder, smallRunFacts)).rejects.toMatchObject({
      code: 'STRIATE_RUN_FACTS_INVALID',
    });
  });
});
