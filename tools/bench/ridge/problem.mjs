// Data with a planted linear truth; noise differs between voxels, so that penalties do.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinearAlgebra } from '@striate/compute';

const N_TEST = 200;

/** Writes x, y (training) and x_test as raw float32, and shape.json. */
export async function writeProblem(folder, { nStimuli, nFeatures, nVoxels }) {
  const normal = normalNumbers(1);
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

/** Standard normal numbers from a seed: xorshift, and Box and Muller's transform. */
function normalNumbers(seed) {
  let state = seed * 0x9e3779b9;
  const uniform = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
