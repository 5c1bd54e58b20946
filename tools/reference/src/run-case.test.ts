import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNpy } from '@striate/npy';
import { formatResults } from './format.js';
import { listCases } from './reference-case.js';
import { runCase } from './run-case.js';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'striate-reference-'));
});

afterEach(() => rm(root, { recursive: true }));

type Arrays = Record<string, { shape: number[]; values: number[] }>;

async function writeCase(name: string, arrays: Arrays, about = 'a test'): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder);
  for (const [array, { shape, values }] of Object.entries(arrays)) {
    await writeNpy(join(folder, `${array}.npy`), shape, Float64Array.from(values));
  }
  const told = Object.entries(arrays).map(([array, { shape }]) => [array, { shape, dtype: 'float64' }]);
  await writeFile(join(folder, 'case.json'), JSON.stringify({ about, arrays: Object.fromEntries(told) }));
  return folder;
}

const column = (values: number[]) => ({ shape: [values.length, 1], values });
const vector = (values: number[]) => ({ shape: [values.length], values });

const PREDICTIONS = column([1, 2, 3]);
const RESPONSES = column([0, 4, 5]);
const R = vector([5 / Math.sqrt(28)]);

// Trials (0, 2) and (4, 6): noise^2 = 2/5, signal^2 = 3/5, ncsnr^2 = 3/2; NC_n = 1.5 / (1.5 + 1/n).
const CEILING: Arrays = {
  responses: { shape: [2, 2, 1], values: [0, 4, 2, 6] },
  noise_sd: vector([Math.sqrt(0.4)]),
  nc_5: vector([1.5 / 1.7]),
  r_ceiling_2: vector([Math.sqrt(0.75)]),
};

// Rows with deviations (-1, 0, 1), (1, 0, -1), (1, -2, 1).
const RSA: Arrays = {
  a: { shape: [3, 3], values: [1, 2, 3, 3, 2, 1, 1, 0, 1] },
  b: { shape: [3, 3], values: [1, 2, 3, 3, 2, 1, 1, 0, 1] },
  rdm_a: vector([2, 1, 1]),
  linear_cka: { shape: [], values: [1] },
};

const X = column([1, 2, 3, 4]);
const ONE_ALPHA = { alphas: vector([30]), features: X, test_features: column([10]) };

// y = 2 x, x'x = 30, so with alpha 30 the weight is 60 / 60 = 1. Folds of two: 50 / 55 from the last two rows, 10 / 35 from the first.
const RIDGE: Arrays = {
  ...ONE_ALPHA,
  responses: column([2, 4, 6, 8]),
  best_alphas: vector([30]),
  coef: { shape: [1, 1], values: [1] },
  intercept: vector([0]),
  test_predictions: column([10]),
  cv_scores: vector([-(((2 - 10 / 11) ** 2 * 5) / 2 + ((2 - 2 / 7) ** 2 * 25) / 2) / 2]),
};

// y = 2 x + 7 about the means 2.5 and 12: x'x = 5, so with alpha 5 the weight is 10 / 10 = 1, the intercept 12 - 2.5.
const RIDGE_WITH_INTERCEPT: Arrays = {
  ...ONE_ALPHA,
  alphas: vector([5]),
  responses: column([9, 11, 13, 15]),
  coef: { shape: [1, 1], values: [1] },
  intercept: vector([9.5]),
  test_predictions: column([19.5]),
};

describe('runCase', () => {
  it.each([
    ['ridge-cv-no-intercept', RIDGE, '2 unshuffled contiguous folds'],
    ['ridge-cv-one', RIDGE, 'KFold(2)'],
    ['ridge-cv-with-intercept', RIDGE_WITH_INTERCEPT, '2 folds'],
    ['ridge-cv-two', RIDGE_WITH_INTERCEPT, '4 folds'],
  ])('tells folds and intercept of ridge from %s', async (name, arrays, about) => {
    expect(await runCase(await writeCase(name, arrays, about))).toMatchObject({ status: 'passed' });
  });

  it('passes a case whose values striate computes, in both precisions', async () => {
    const folder = await writeCase('pearson-other', { predictions: PREDICTIONS, responses: RESPONSES, r: R });
    const { status, errors } = await runCase(folder);
    expect(status).toBe('passed');
    expect(Object.keys(errors!.float64!)).toEqual(['r']);
    expect(errors!.float64!['r']).toBeLessThan(1e-12);
    expect(errors!.float32!['r']).toBeLessThan(1e-6);
  });

  it('fails a case whose values differ, and says by how much', async () => {
    const wrong = vector([R.values[0] * 1.01]);
    const { status, errors } = await runCase(
      await writeCase('pearson', { predictions: PREDICTIONS, responses: RESPONSES, r: wrong }),
    );
    expect(status).toBe('failed');
    expect(errors!.float64!['r']).toBeCloseTo(0.01 / 1.01, 6);
  });

  it('knows a case by its arrays where its name is unknown', async () => {
    const { status } = await runCase(
      await writeCase('my-case', { predictions: PREDICTIONS, responses: RESPONSES, r: R }),
    );
    expect(status).toBe('passed');
  });

  it('computes ceilings for any number of repetitions that the case asks for', async () => {
    const { status, errors } = await runCase(await writeCase('noise-ceiling-nsd-2', CEILING));
    expect(status).toBe('passed');
    expect(Object.keys(errors!.float64!)).toEqual(['nc_5', 'noise_sd', 'r_ceiling_2']);
  });

  it('lists arrays that it cannot compute yet', async () => {
    const { status, notChecked } = await runCase(await writeCase('rsa-cka', RSA));
    expect([status, notChecked]).toEqual(['passed', ['linear_cka']]);
  });

  it('skips a part that does not exist yet, and what it does not know, with the reason', async () => {
    const absent = await runCase(await writeCase('bh-fdr', { p: vector([0.1]) }));
    expect(absent).toMatchObject({ status: 'skipped', reason: expect.stringContaining('not there yet') });
    const unknown = await runCase(await writeCase('weather', { rain: vector([1]) }));
    expect(unknown).toMatchObject({ status: 'skipped', reason: expect.stringContaining('no check') });
  });

  it('calls a case malformed that lacks an array, its case.json, or agreement between them', async () => {
    const lacking = await writeCase('pearson-1', { predictions: PREDICTIONS, r: R });
    const untold = await writeCase('pearson-2', { predictions: PREDICTIONS, responses: RESPONSES, r: R });
    await rm(join(untold, 'case.json'));
    const other = await writeCase('pearson-3', { predictions: PREDICTIONS, responses: RESPONSES, r: R });
    await writeNpy(join(other, 'r.npy'), [2], Float64Array.of(1, 1));
    const broken = await writeCase('pearson-4', { predictions: PREDICTIONS, responses: RESPONSES, r: R });
    await writeFile(join(broken, 'r.npy'), 'no npy');
    for (const folder of [lacking, untold, other, broken]) {
      expect((await runCase(folder)).status).toBe('malformed');
    }
  });
});

describe('listCases', () => {
  it('lists the folders of cases by name, and a single case as itself', async () => {
    const b = await writeCase('pearson-b', { r: R });
    const a = await writeCase('pearson-a', { r: R });
    expect(await listCases(root)).toEqual([a, b]);
    expect(await listCases(a)).toEqual([a]);
  });

  it('refuses a folder without cases, and one that is not there', async () => {
    for (const folder of [root, join(root, 'nowhere')]) {
      await expect(listCases(folder)).rejects.toMatchObject({ code: 'STRIATE_REFERENCE_MALFORMED' });
    }
  });
});

describe('formatResults', () => {
  it('prints one line per case and the counts', async () => {
    await writeCase('bh-fdr', { p: vector([0.1]) });
    await writeCase('pearson', { predictions: PREDICTIONS, responses: RESPONSES, r: R });
    const results = await Promise.all((await listCases(root)).map(runCase));
    const lines = formatResults(results).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^bh-fdr {3}skipped: /);
    expect(lines[1]).toMatch(/^pearson {2}float64 \S+ +<= 1e-6 {2}float32 \S+ +<= 1e-4 {2}passed$/);
    expect(lines[2]).toBe('1 passed, 0 failed, 1 skipped');
  });
});
