// Turns the 92 objects of Kriegeskorte et al. 2008, with the RDMs of 15 subjects of Cichy et al. 2014, into a folder
// dataset, and the CLIP text embeddings of the objects' names into features.
//
//   npx tsc -b packages/npy
//   node examples/objects-92/prepare.mjs ../shared/data <out>

import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withNpy, writeNpy } from '@striate/npy';
import { foldersFromCommandLine, writeDescription, writeIds, writeTable } from '../folder-dataset.mjs';

const REGIONS = ['EVC', 'IT'];
const [data, out] = foldersFromCommandLine('objects-92');
const source = join(data, 'human-92');
/** @type {{ index: number, file: string, caption: string, name: string, lvis: string | null }[]} */
const objects = JSON.parse(await readFile(join(source, 'captions.json'), 'utf8'));
const ids = objects.map(({ index }) => `object${String(index + 1).padStart(2, '0')}`);

await writeStimuli();
await writeRdms();
const nNamed = await writeNameEmbeddings();
await writeDescription(out, {
  name: '92 objects (Cichy 2014)',
  recordingKind: 'voxel',
  citation:
    'Cichy, Pantazis & Oliva 2014, Nature Neuroscience; images of Kriegeskorte et al. 2008, Neuron; Algonauts 2019',
  regions: REGIONS,
});
console.error(`${ids.length} objects (${nNamed} with a name that CLIP's table has) -> ${out}`);

async function writeStimuli() {
  await mkdir(join(out, 'images'), { recursive: true });
  for (const { file } of objects) await copyFile(join(source, 'images', file), join(out, 'images', file));
  await writeTable(
    join(out, 'stimuli.csv'),
    objects.map(({ file, caption }, i) => ({ id: ids[i], image: `images/${file}`, caption })),
  );
}

/** RDMs [subject, condition, condition], in the order of the images. */
async function writeRdms() {
  await mkdir(join(out, 'rdms'), { recursive: true });
  let nSubjects = 0;
  for (const region of REGIONS) {
    const { shape, values } = await readArray(join(source, `fmri_${region}_rdms.npy`));
    await writeNpy(join(out, 'rdms', `${region}.npy`), shape, values);
    nSubjects = shape[0];
  }
  await writeIds(join(out, 'rdms', 'ids.txt'), ids);
  await writeIds(
    join(out, 'rdms', 'subjects.txt'),
    Array.from({ length: nSubjects }, (_, i) => `subj${String(i + 1).padStart(2, '0')}`),
  );
}

/**
 * CLIP's embedding of the object's name, at unit length, minus the mean over all names of the table; for the objects
 * that have a name there. Without the subtraction all names are nearly parallel, and their RDM says little.
 */
async function writeNameEmbeddings() {
  const { shape, values } = await readArray(join(data, 'clip-text', 'lvis_v1_clip_a+cname.npy'));
  /** @type {{ name: string }[]} */
  const categories = JSON.parse(await readFile(join(data, 'clip-text', 'lvis_v1_categories.json'), 'utf8'));
  const [nNames, length] = shape;
  const embeddings = categories.map((_, row) =>
    atUnitLength(values.subarray(row * length, (row + 1) * length)),
  );
  const mean = Float64Array.from({ length }, (_, k) => embeddings.reduce((sum, e) => sum + e[k], 0) / nNames);
  const rowOfName = new Map(categories.map(({ name }, row) => [name, row]));
  const named = objects.flatMap(({ lvis }, i) =>
    lvis === null ? [] : [{ id: ids[i], row: rowOfName.get(lvis) }],
  );
  const features = new Float32Array(named.length * length);
  named.forEach(({ id, row }, i) => {
    if (row === undefined) throw new Error(`The name of ${id} is not in the table of embeddings.`);
    for (let k = 0; k < length; k++) features[i * length + k] = embeddings[row][k] - mean[k];
  });
  await mkdir(join(out, 'features'), { recursive: true });
  await writeNpy(join(out, 'features', 'clip-text-name.npy'), [named.length, length], features);
  await writeIds(
    join(out, 'features', 'clip-text-name.ids.txt'),
    named.map(({ id }) => id),
  );
  await writeIds(
    join(out, 'named-objects.txt'),
    named.map(({ id }) => id),
  );
  return named.length;
}

/** @param {import('@striate/contracts').FloatArray} vector */
function atUnitLength(vector) {
  const norm = Math.hypot(...vector);
  return Float64Array.from(vector, (value) => value / norm);
}

/** @param {string} path */
function readArray(path) {
  return withNpy(path, async (file) => ({ shape: file.shape, values: await file.readFloats() }));
}
