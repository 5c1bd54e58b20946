// Numbers made by himalaya's own code; their set-up stands beside them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { matrix, type Matrix } from '@striate/compute';
import { readNpyFloat64 } from '../__fixtures__/npy.js';
import { createRidgeEngine, type RidgeEngine } from '../ridge/fit.js';
import { fitBandedRidge, type BandedRidgeFit } from './fit.js';
import { parseBandedRidgeOptions } from './options.js';

const shared = join(process.env['STRIATE_SHARED'] ?? '../../../shared', 'data');
const suite = existsSync(shared) ? describe : describe.skip;

interface Peer {
  readonly gammas: number[][];
  readonly alphas: number[];
  readonly deltas: number[][];
  readonly cv_scores: number[][];
  readonly test_r2: number[];
}

const N_TRAIN = 63;

suite('fitBandedRidge, against himalaya (needs the shared folder)', () => {
  let engine: RidgeEngine;
  beforeAll(() => (engine = createRidgeEngine()));
  afterAll(() => engine.dispose());

  it('chooses the same penalty for each space and voxel of human responses, out of the same ratios', async () => {
    const { 'object2vec81/multiple_kernel_ridge_random_search': peer } = JSON.parse(
      readFileSync(join(shared, 'peer-golden', 'himalaya.json'), 'utf8'),
    ) as Record<string, Peer>;
    const read = (name: string) => readNpyFloat64(join(shared, 'human-object2vec81', `${name}.npy`));
    const [vision, language] = ['alexnet_pcs', 'word2vec_pcs'].map((name) => split(standardised(read(name))));
    const responses = split(centred(read('betas'), 81));
    const options = { alphas: peer.alphas, folds: 3, intercept: false, precision: 'float64' };
    const fit = await fitBandedRidge(
      engine,
      { vision: vision.train, language: language.train },
      responses.train,
      parseBandedRidgeOptions(options),
      { ratios: peer.gammas.map((gammas) => Float64Array.from(gammas)) },
    );
    const nVoxels = peer.test_r2.length;
    for (let space = 0; space < 2; space++)
      for (let voxel = 0; voxel < nVoxels; voxel++) {
        // log(ratio / alpha); minus 1e30 where the ratio is 0
        const delta = Math.max(-1e30, -Math.log(fit.alphas.data[space * nVoxels + voxel]));
        expect(delta).toBeCloseTo(peer.deltas[space][voxel], 9);
      }
    const best = peer.test_r2.map((_, voxel) => Math.max(...peer.cv_scores.map((scores) => scores[voxel])));
    // 5e-9: scores at most penalties are combined from those at a few, to 1e-12 of each shrinkage (penalty-basis.ts)
    best.forEach((score, voxel) => expect(fit.cvScores[voxel]).toBeCloseTo(score, 8));
    const predictions = predict(fit, [vision.test, language.test]);
    r2(predictions, responses.test).forEach((value, voxel) =>
      expect(value).toBeCloseTo(peer.test_r2[voxel], 9),
    );
  });
});

/** Columns minus the mean of their first rows. */
function centred({ rows, columns, data }: Matrix, nRows = N_TRAIN): Matrix<Float64Array> {
  const means = columnsOf(data, columns).map((values) => mean(values.slice(0, nRows)));
  return matrix(
    rows,
    columns,
    Float64Array.from(data, (value, i) => value - means[i % columns]),
  );
}

function standardised({ rows, columns, data }: Matrix): Matrix<Float64Array> {
  const deviations = columnsOf(data, columns).map((values) => {
    const own = mean(values);
    return Math.sqrt(mean(values.map((value) => (value - own) ** 2)));
  });
  return matrix(
    rows,
    columns,
    Float64Array.from(data, (value, i) => value / deviations[i % columns]),
  );
}

function columnsOf(data: ArrayLike<number>, columns: number): number[][] {
  return Array.from({ length: columns }, (_, c) => Array.from(data).filter((_value, i) => i % columns === c));
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Training and test rows, both minus the training mean. */
function split(x: Matrix): { train: Matrix<Float64Array>; test: Matrix<Float64Array> } {
  const { rows, columns, data } = centred(x);
  return {
    train: matrix(N_TRAIN, columns, data.slice(0, N_TRAIN * columns)),
    test: matrix(rows - N_TRAIN, columns, data.slice(N_TRAIN * columns)),
  };
}

function predict({ weights }: BandedRidgeFit, spaces: readonly Matrix[]): Matrix<Float64Array> {
  const nVoxels = weights[0].columns;
  const predictions = matrix(spaces[0].rows, nVoxels, new Float64Array(spaces[0].rows * nVoxels));
  spaces.forEach((x, b) => {
    for (let i = 0; i < x.rows; i++)
      for (let k = 0; k < x.columns; k++)
        for (let v = 0; v < nVoxels; v++)
          predictions.data[i * nVoxels + v] += x.data[i * x.columns + k] * weights[b].data[k * nVoxels + v];
  });
  return predictions;
}

function r2(predictions: Matrix, truth: Matrix): number[] {
  const y = columnsOf(truth.data, truth.columns);
  return columnsOf(predictions.data, truth.columns).map((x, voxel) => {
    const own = mean(y[voxel]);
    const errors = x.reduce((sum, value, i) => sum + (value - y[voxel][i]) ** 2, 0);
    return 1 - errors / y[voxel].reduce((sum, value) => sum + (value - own) ** 2, 0);
  });
}
