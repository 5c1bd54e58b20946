// Turns the responses to 81 object categories (object2vec, Bonner & Epstein 2021) into a folder dataset, and the
// features that were computed elsewhere into `.npy` files with their ids.
//
//   npx tsc -b packages/npy
//   node examples/object-categories/prepare.mjs ../shared/data <out>

import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withNpy, writeNpy } from '@striate/npy';
import { foldersFromCommandLine, writeDescription, writeIds, writeTable } from '../folder-dataset.mjs';

const SUBJECT = 'subj01';
const [data, out] = foldersFromCommandLine('object-categories');
const source = join(data, 'human-object2vec81');
/** @type {{ conditions: string[], rois: string[] }} */
const { conditions, rois } = JSON.parse(await readFile(join(source, 'meta.json'), 'utf8'));

await mkdir(join(out, 'responses'), { recursive: true });
await mkdir(join(out, 'features'), { recursive: true });
await writeTable(
  join(out, 'stimuli.csv'),
  conditions.map((condition) => ({ id: condition, caption: condition.replaceAll('_', ' ') })),
);
await writeResponses();
await writeFeatures('alexnet', conditions, await readMatrix(join(source, 'alexnet_pcs.npy')));
await writeFeatures('word2vec', conditions, await readMatrix(join(source, 'word2vec_pcs.npy')));
await writeClipText();
await writeDescription(out, {
  name: 'Object categories (object2vec, one subject)',
  recordingKind: 'voxel',
  unit: 'beta',
  citation: 'Bonner & Epstein 2021, Nature Communications',
  regions: rois,
});
console.error(`${conditions.length} categories, ${rois.length} regions -> ${out}`);

/** Responses [stimulus, voxel] and the table of voxels. */
async function writeResponses() {
  const { shape, values } = await readMatrix(join(source, 'betas.npy'));
  await writeNpy(join(out, 'responses', `${SUBJECT}.npy`), shape, values);
  await writeIds(join(out, 'responses', `${SUBJECT}.ids.txt`), conditions);
  const { values: regionOfVoxel } = await readMatrix(join(source, 'roi_index.npy'));
  await writeTable(
    join(out, 'voxels.csv'),
    Array.from(regionOfVoxel, (region, i) => ({ id: `voxel${i}`, subject: SUBJECT, region: rois[region] })),
  );
}

/** CLIP's embedding of the category's name, for the categories that one of its tables has. */
async function writeClipText() {
  /** @type {Record<string, [table: 'lvis' | 'o365' | 'coco', row: number] | null>} */
  const rows = JSON.parse(await readFile(join(source, 'clip_text_rows.json'), 'utf8'));
  const tables = {
    lvis: await readMatrix(join(data, 'clip-text', 'lvis_v1_clip_a+cname.npy')),
    o365: await readMatrix(join(data, 'clip-text', 'o365_clip_a+cnamefix.npy')),
    coco: await readMatrix(join(data, 'clip-text', 'coco_clip_a+cname.npy')),
  };
  const named = conditions.filter((condition) => rows[condition]);
  const length = tables.lvis.shape[1];
  const values = new Float32Array(named.length * length);
  named.forEach((condition, i) => {
    const [table, row] = rows[condition];
    values.set(tables[table].values.subarray(row * length, (row + 1) * length), i * length);
  });
  await writeFeatures('clip-text', named, { shape: [named.length, length], values });
}

/**
 * @param {string} name
 * @param {readonly string[]} ids
 * @param {{ shape: readonly number[], values: import('@striate/contracts').FloatArray }} features
 */
async function writeFeatures(name, ids, { shape, values }) {
  await writeNpy(join(out, 'features', `${name}.npy`), shape, values);
  await writeIds(join(out, 'features', `${name}.ids.txt`), ids);
}

/** @param {string} path */
function readMatrix(path) {
  return withNpy(path, async (file) => ({ shape: file.shape, values: await file.readFloats() }));
}
