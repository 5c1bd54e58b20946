// Voxels that look at maps through Gaussian fields, with noise that differs between them: written into a folder and never
// whole in memory.
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createLinearAlgebra, matrix } from '@striate/compute';
import { randomNumbers } from '../random.mjs';

export const MAP = [512, 7, 7];
/** ResNet-50's layer4, which the paper locates by. */
export const LOCATOR = [2048, 7, 7];
/** Test stimuli, behind the others. */
export const N_TEST = 1000;

/** Stimuli that are made at a time. */
const BLOCK = 250;
/** Fields: a grid of centres, and a standard deviation in widths of the map. */
const FIELDS = { perSide: 5, size: 0.12 };

/**
 * Write maps (float32, [stimulus, channel, height, width]), responses (float64, [stimulus, voxel]) and, if it is asked for,
 * what a locator says of the same stimuli (float32, random).
 */
export async function writeProblem(folder, { nStimuli, nVoxels, hasLocator }) {
  const algebra = createLinearAlgebra();
  const files = ['maps', 'responses', ...(hasLocator ? ['locator'] : [])].map((name) => [
    name,
    openSync(join(folder, name), 'w'),
  ]);
  const { maps, responses, locator } = Object.fromEntries(files);
  const [[drawMaps, drawNoise, drawLocator], respond] = [
    [1, 2, 3].map(drawing),
    openVoxels(algebra, nVoxels),
  ];
  const total = nStimuli + N_TEST;
  for (let start = 0; start < total; start += BLOCK) {
    const count = Math.min(BLOCK, total - start);
    const block = drawMaps(count, MAP);
    writeSync(maps, block);
    writeSync(responses, await respond(count, block, drawNoise(count, [nVoxels])));
    if (hasLocator) writeSync(locator, drawLocator(count, LOCATOR));
  }
  files.forEach(([, file]) => closeSync(file));
  await algebra.dispose();
}

/** Standard normal numbers, [count, ...shape]. */
function drawing(seed) {
  const { normal } = randomNumbers(seed);
  return (count, shape) => {
    const numbers = new Float32Array(shape.reduce((product, size) => product * size, count));
    for (let i = 0; i < numbers.length; i++) numbers[i] = normal();
    return numbers;
  };
}

/**
 * The voxels f, f + nFields, f + 2 nFields... look through field f; their signals' standard deviation is 1, their noise's goes
 * from a third to three.
 */
function openVoxels(algebra, nVoxels) {
  const fields = listFields();
  const [nChannels] = MAP;
  const weights = Array.from({ length: fields.rows }, (_, f) => {
    const ofField = Math.ceil((nVoxels - f) / fields.rows);
    const numbers = drawing(100 + f)(nChannels, [ofField]);
    return matrix(
      nChannels,
      ofField,
      numbers.map((number) => number / Math.sqrt(nChannels)),
    );
  });
  return async (count, maps, noise) => {
    const byChannel = matrix(count * nChannels, fields.columns, maps);
    const { data: seen } = await algebra.product(fields, byChannel, { transposeB: true });
    const responses = Float64Array.from(noise, (number, i) => number * noiseOf(i % nVoxels, nVoxels));
    for (const [f, ofField] of weights.entries()) {
      const length = count * nChannels;
      const x = matrix(count, nChannels, seen.subarray(f * length, (f + 1) * length));
      const signal = await algebra.product(x, ofField);
      for (let i = 0, at = 0; i < count; i++)
        for (let voxel = f; voxel < nVoxels; voxel += fields.rows)
          responses[i * nVoxels + voxel] += signal.data[at++];
    }
    return responses;
  };
}

const noiseOf = (voxel, nVoxels) => 3 ** ((2 * voxel) / nVoxels - 1);

/** [field, place], each of unit norm. */
function listFields() {
  const { perSide, size } = FIELDS;
  const [, height, width] = MAP;
  const bell = (place, n, centre) => Math.exp(-(((place + 0.5) / n - centre) ** 2) / (2 * size ** 2));
  const fields = Array.from({ length: perSide ** 2 }, (_, f) => {
    const [x, y] = [f % perSide, Math.floor(f / perSide)].map((i) => (i + 0.5) / perSide);
    const field = Array.from(
      { length: height * width },
      (_, place) => bell(place % width, width, x) * bell(Math.floor(place / width), height, y),
    );
    const norm = Math.hypot(...field);
    return field.map((weight) => weight / norm);
  });
  return matrix(fields.length, height * width, Float32Array.from(fields.flat()));
}
