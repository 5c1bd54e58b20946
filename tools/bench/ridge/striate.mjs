// One run of striate's ridge, in a process of its own.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRidgeEngine, fitRidge, parseRidgeOptions } from '@striate/readouts/ridge';

const [folder] = process.argv.slice(2);
const { nStimuli, nFeatures, nVoxels, nTest, alphas } = JSON.parse(
  readFileSync(join(folder, 'shape.json'), 'utf8'),
);
const read = (name, rows, columns) => {
  const bytes = readFileSync(join(folder, name));
  return { rows, columns, data: new Float32Array(bytes.buffer, bytes.byteOffset, rows * columns) };
};
const [x, y, test] = [
  read('x', nStimuli, nFeatures),
  read('y', nStimuli, nVoxels),
  read('x_test', nTest, nFeatures),
];
const engine = createRidgeEngine();
const peak = () => process.resourceUsage().maxRSS * 1024;
const peakBytesBeforeFit = peak();
const start = performance.now();
const fit = await fitRidge(engine, x, y, parseRidgeOptions({ alphas, folds: 3, precision: 'float32' }));
const fitSeconds = (performance.now() - start) / 1000;
const peakBytes = peak();
const predictions = await engine.algebra.product(test, fit.weights);
for (let i = 0; i < predictions.data.length; i++) predictions.data[i] += fit.intercepts[i % nVoxels];
writeFileSync(join(folder, 'striate.alphas'), Float32Array.from(fit.alphas));
writeFileSync(join(folder, 'striate.predictions'), predictions.data);
console.log(JSON.stringify({ fitSeconds, peakBytes, peakBytesBeforeFit }));
