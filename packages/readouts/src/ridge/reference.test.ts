// Cases made by himalaya's own code; see the folder's case.json files.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readNpyFloat64 } from '../__fixtures__/npy.js';
import { createRidgeEngine, fitRidge, type RidgeEngine } from './fit.js';
import { parseRidgeOptions } from './options.js';

const golden = join(process.env['STRIATE_SHARED'] ?? '../../../shared', 'golden');
const cases = existsSync(golden) ? readdirSync(golden).filter((name) => name.startsWith('ridge-cv-')) : [];
const suite = cases.length > 0 ? describe : describe.skip;

const read = (name: string, file: string) => readNpyFloat64(join(golden, name, `${file}.npy`));

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
