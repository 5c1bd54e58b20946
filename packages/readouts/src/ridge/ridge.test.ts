import type { FitRequest, MeanResponses } from '@striate/contracts';
import { errorsOf, normals, randomMaps, responsesOf } from '../__fixtures__/planted.js';
import { create } from './readout.js';

const N = 120;
const ridge = create();

async function fit(request: Partial<FitRequest> & Pick<FitRequest, 'inputs' | 'responses'>, options: object) {
  return ridge.doFit({ seed: 1, ...request }, ridge.parseOptions(options));
}

/** Responses of which some voxels were measured for some stimuli only. */
function masked(responses: MeanResponses, isMeasured: (stimulus: number, voxel: number) => boolean) {
  const nVoxels = responses.voxelIds.length;
  const observed = Uint8Array.from(responses.values.data, (_, i) =>
    Number(isMeasured(Math.floor(i / nVoxels), i % nVoxels)),
  );
  const data = responses.values.data.map((value, i) => (observed[i] ? value : NaN));
  return { ...responses, values: { ...responses.values, data }, observed };
}

describe('ridge', () => {
  const { features, data } = randomMaps(2 * N, [40, 1, 1], 5);
  const inputs = { features };
  const first = (s: number) => data[s * 40] - data[s * 40 + 1];

  it('beats every single penalty where voxels differ in noise', async () => {
    const noise = normals(6);
    const weight = normals(7);
    const weights = Array.from({ length: 10 * 40 }, weight);
    const truth = responsesOf(2 * N, 10, (s, v) => {
      let sum = 0;
      for (let i = 0; i < 40; i++) sum += weights[v * 40 + i] * data[s * 40 + i];
      return sum / Math.sqrt(40);
    });
    const amplitude = (voxel: number) => 0.1 * 1.6 ** voxel; // from a tenth of the signal to seven times it
    const responses = responsesOf(
      2 * N,
      10,
      (s, v) => truth.values.data[s * 10 + v] + amplitude(v) * noise(),
    );
    const train = masked(responses, (stimulus) => stimulus < N);
    const errorWith = async (alphas: readonly number[]) => {
      const fitted = await fit({ inputs, responses: train }, { alphas });
      const predictions = await fitted.doPredict(inputs);
      const test = { ...predictions, shape: [N, 10] as const, data: predictions.data.slice(10 * N) };
      const tested = { ...truth.values, shape: [N, 10] as const, data: truth.values.data.slice(10 * N) };
      return errorsOf(test, tested).reduce((sum, error) => sum + error, 0);
    };
    const alphas = [0.1, 1, 10, 100, 1e3, 1e4, 1e5];
    const perVoxel = await errorWith(alphas);
    for (const alpha of alphas) expect(perVoxel).toBeLessThan(0.9 * (await errorWith([alpha])));
  });

  it('predicts NaN for a voxel that was never measured, says so, and fits the others as without it', async () => {
    const responses = responsesOf(2 * N, 3, (s, voxel) => first(s) + voxel);
    const fitted = await fit({ inputs, responses: masked(responses, (_, voxel) => voxel !== 1) }, {});
    const alone = await fit({ inputs, responses: responsesOf(2 * N, 2, (s, v) => first(s) + 2 * v) }, {});
    const predictions = await fitted.doPredict(inputs);
    const column = (of: ArrayLike<number>, n: number, v: number) =>
      Array.from({ length: 2 * N }, (_, s) => of[s * n + v]);
    expect(column(predictions.data, 3, 1).every(Number.isNaN)).toBe(true);
    const expected = (await alone.doPredict(inputs)).data;
    expect(column(predictions.data, 3, 0)).toEqual(column(expected, 2, 0));
    expect(column(predictions.data, 3, 2)).toEqual(column(expected, 2, 1));
    expect(fitted.perVoxel['alpha'][1]).toBeNaN();
    expect(fitted.warnings).toContainEqual(
      expect.objectContaining({ code: 'voxel-not-measured', count: 1, total: 3 }),
    );
  });

  it('predicts NaN everywhere when nothing was measured at all', async () => {
    const fitted = await fit({ inputs, responses: masked(responsesOf(2 * N, 2, first), () => false) }, {});
    expect((await fitted.doPredict(inputs)).data.every(Number.isNaN)).toBe(true);
  });

  it('refuses voxels that were measured with too few stimuli for its folds', async () => {
    const responses = masked(responsesOf(2 * N, 2, first), (s, voxel) => voxel === 0 || s < 2);
    await expect(fit({ inputs, responses }, {})).rejects.toMatchObject({ code: 'STRIATE_TOO_FEW_STIMULI' });
  });

  it('reports progress from nothing to all, over all groups of voxels', async () => {
    const responses = masked(responsesOf(2 * N, 3, first), (s, voxel) => s % 3 !== voxel);
    const seen: number[] = [];
    await fit({ inputs, responses, onProgress: (fraction) => seen.push(fraction) }, {});
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen[0]).toBeLessThan(0.2);
    expect(seen[seen.length - 1]).toBeCloseTo(1, 12);
  });
});
