// Data with a planted linear truth; noise differs between voxels, so that penalties do.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinearAlgebra } from '@striate/compute';
import { randomNumbers } from '../random.mjs';

const N_TEST = 200;

/** Writes x, y (training) and x_test as raw float32, and shape.json. */
export async function writeProblem(folder, { nStimuli, nFeatures, nVoxels }) {
  const { normal } = randomNumbers(1);
  const fill = (count, scale) => Float32Array.from({ length: count }, () => scale * normal());
  const x = { rows: nStimuli, columns: nFeatures, data: fill(nStimuli * nFeatures, 1) };
  const weights = {
    rows: nFeatures,
    columns: nVoxels,
    data: fill(nFeatures * nVoxels, 1 / Math.sqrt(nFeatures)),
  };
  const algebra = createLinearAlgebra();
  const y = await algebra.product(x, weights);
  await algebra.dispose();
  for (let i = 0; i < y.data.length; i++) y.data[i] += (0.3 + (3 * (i % nVoxels)) / nVoxels) * normal();
  writeFileSync(join(folder, 'x'), x.data);
  writeFileSync(join(folder, 'y'), y.data);
  writeFileSync(join(folder, 'x_test'), fill(N_TEST * nFeatures, 1));
  const alphas = Array.from({ length: 20 }, (_, i) => 10 ** (-1 + (6 * i) / 19));
  writeFileSync(
    join(folder, 'shape.json'),
    JSON.stringify({ nStimuli, nFeatures, nVoxels, nTest: N_TEST, alphas }),
  );
}
