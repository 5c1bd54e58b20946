// Cases made by himalaya's own code; see the folder's case.json files.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { matrix, type Matrix } from '@striate/compute';
import { readFileSync } from 'node:fs';
import { createRidgeEngine, fitRidge, type RidgeEngine } from './fit.js';
import { parseRidgeOptions } from './options.js';

const golden = join(process.env['STRIATE_SHARED'] ?? '../../../shared', 'golden');
const cases = existsSync(golden) ? readdirSync(golden).filter((name) => name.startsWith('ridge-cv-')) : [];
const suite = cases.length > 0 ? describe : describe.skip;

/** Float64, C order, as the cases are. */
function read(name: string, file: string): Matrix<Float64Array> {
  const bytes = readFileSync(join(golden, name, `${file}.npy`));
  const start = 10 + bytes.readUInt16LE(8);
  const shape = /'shape': \(([^)]*)\)/
    .exec(bytes.toString('latin1', 0, start))![1]
    .split(',')
    .filter((x) => x.trim());
  const data = new Float64Array(
    bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length),
  );
  const sizes = shape.map(Number);
  return matrix(sizes.length > 1 ? sizes[0] : 1, sizes[sizes.length - 1], data);
}

function largestRelative(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let scale = 0;
  let largest = actual.length === expected.length ? 0 : Infinity;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]));
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
  return largest / (scale || 1);
}

suite(`fitRidge, against himalaya (${cases.length} cases; needs the shared folder)`, () => {
  let engine: RidgeEngine;
  beforeAll(() => (engine = createRidgeEngine()));
  afterAll(() => engine.dispose());

  describe.each(cases.length > 0 ? cases : ['absent'])('%s', (name) => {
    it.each([
      ['float64', 1e-6],
      ['float32', 1e-4],
    ] as const)('agrees in %s to %d', async (precision, tolerance) => {
      const options = parseRidgeOptions({
        alphas: Array.from(read(name, 'alphas').data),
        intercept: !name.endsWith('no-intercept'),
        precision,
      });
      const fit = await fitRidge(engine, read(name, 'features'), read(name, 'responses'), options);
      expect(largestRelative(fit.alphas, read(name, 'best_alphas').data)).toBeLessThan(1e-12);
      expect(largestRelative(fit.cvScores, read(name, 'cv_scores').data)).toBeLessThan(tolerance);
      expect(largestRelative(fit.weights.data, read(name, 'coef').data)).toBeLessThan(tolerance);
      if (options.intercept) {
        expect(largestRelative(fit.intercepts, read(name, 'intercept').data)).toBeLessThan(tolerance);
      }
    });
  });
});
