// Turns the V4 recordings of Cowley et al. 2023 (session 210325) into a folder dataset.
//
//   npx tsc -b packages/npy
//   node examples/macaque-v4/prepare.mjs ../shared/data <out>

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { withNpy, writeNpy } from '@striate/npy';
import { foldersFromCommandLine, writeDescription, writeIds, writeTable } from '../folder-dataset.mjs';
import { unzip } from './unzip.mjs';

const SUBJECT = 'PE'; // the animal's id in the source's table of sessions
const [data, out] = foldersFromCommandLine('macaque-v4');
const source = join(data, 'macaque-v4');

const images = await writeImages(await readFile(join(source, 'images_210325.zip')));
const { values, shape } = await withNpy(join(source, 'responses_raw_210325.npy'), async (file) => ({
  shape: file.shape,
  values: await file.readFloats(),
}));
await writeResponses(images.map(idOf), values, shape);
await writeDescription(out, {
  name: 'Macaque V4 (Cowley 2023, session 210325)',
  recordingKind: 'neuron',
  unit: 'spikes-per-100-ms',
  citation: 'Cowley, Stan, Pillow & Smith 2023, bioRxiv; images of Bashivan, Kar & DiCarlo 2019, Science',
  regions: ['V4'],
  missing: 'nan',
});
console.error(`${images.length} images, ${shape[0]} neurons, up to ${shape[2]} repeats -> ${out}`);

/** @param {string} image */
function idOf(image) {
  return basename(image, '.jpg');
}

/**
 * Unpacks the images and writes the table of stimuli.
 *
 * @param {Buffer} archive
 * @returns {Promise<string[]>} File names in the order of the image index: image0001 has the responses of index 0.
 */
async function writeImages(archive) {
  await mkdir(join(out, 'images'), { recursive: true });
  const names = [];
  for (const { name, bytes } of unzip(archive)) {
    names.push(basename(name));
    await writeFile(join(out, 'images', basename(name)), bytes);
  }
  names.sort();
  await writeTable(
    join(out, 'stimuli.csv'),
    names.map((name) => ({ id: idOf(name), image: `images/${name}` })),
  );
  return names;
}

/**
 * Writes responses [repetition, stimulus, voxel] and the table of neurons.
 *
 * @param {string[]} ids
 * @param {import('@striate/contracts').FloatArray} values [neuron, image, repeat]; NaN where there was no such repeat.
 * @param {readonly number[]} shape
 */
async function writeResponses(ids, values, [nNeurons, nImages, nRepeats]) {
  if (ids.length !== nImages) throw new Error(`${ids.length} images, but responses to ${nImages}.`);
  const reordered = new Float64Array(values.length);
  for (let neuron = 0, from = 0; neuron < nNeurons; neuron++) {
    for (let image = 0; image < nImages; image++) {
      for (let repeat = 0; repeat < nRepeats; repeat++, from++) {
        reordered[(repeat * nImages + image) * nNeurons + neuron] = values[from];
      }
    }
  }
  await mkdir(join(out, 'responses'), { recursive: true });
  await writeNpy(join(out, 'responses', `${SUBJECT}.npy`), [nRepeats, nImages, nNeurons], reordered);
  await writeIds(join(out, 'responses', `${SUBJECT}.ids.txt`), ids);
  await writeTable(
    join(out, 'voxels.csv'),
    Array.from({ length: nNeurons }, (_, neuron) => ({
      id: `neuron${neuron}`,
      subject: SUBJECT,
      region: 'V4',
    })),
  );
}
