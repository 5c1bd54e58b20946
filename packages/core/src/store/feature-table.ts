// Feature rows of one layer. A row is named by what the model looked at; rows lie together in packs, one artefact
// file per extracted batch, so that a killed extraction loses one batch and a changed stimulus costs one row.

import { mkdir, open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { internal, rowLength, type FeatureAxes, type FeatureRows } from '@striate/contracts';
import { readFully, readHeader } from './artefact-file.js';
import type { ArtefactFolder } from './folder.js';
import { hashOf } from './hash.js';

export interface FeatureTable {
  /** Positions of those keys whose rows are not there. */
  missing(rowKeys: readonly string[]): number[];
  /**
   * Keep rows, atomically.
   * @param data [rowKeys.length, ...rowShape], float32.
   */
  append(rowKeys: readonly string[], data: Float32Array): Promise<void>;
  /** Rows by key, named by stimulus; read when asked for. */
  rows(stimulusIds: readonly string[], rowKeys: readonly string[]): FeatureRows;
  close(): Promise<void>;
}

export interface RowLayout {
  readonly rowAxes: FeatureAxes;
  readonly rowShape: readonly number[];
}

interface Pack {
  readonly path: string;
  readonly dataOffset: number;
  file?: Promise<FileHandle>;
}

interface Place {
  readonly pack: Pack;
  readonly row: number;
}

const PACK_SUFFIX = '.rows';

/** Open the rows of a layer: every pack that is whole. */
export async function openFeatureTable(
  folder: ArtefactFolder,
  layerKey: string,
  layout: RowLayout,
): Promise<FeatureTable> {
  const root = join(folder.root, 'features', layerKey.slice(0, 2), layerKey);
  await mkdir(root, { recursive: true });
  const places = new Map<string, Place>();
  const packs: Pack[] = [];
  const length = rowLength(layout);
  const learn = async (path: string) => {
    const { pack, rowKeys } = await openPack(path, layerKey);
    packs.push(pack);
    rowKeys.forEach((key, row) => places.set(key, { pack, row }));
  };
  for (const name of (await readdir(root)).sort()) {
    const path = join(root, name);
    if (name.endsWith(PACK_SUFFIX) && (await folder.isGood(path))) await learn(path);
  }
  return {
    missing: (rowKeys) => rowKeys.flatMap((key, position) => (places.has(key) ? [] : [position])),
    async append(rowKeys, data) {
      const path = join(root, `${hashOf([...rowKeys])}${PACK_SUFFIX}`);
      const shape = [rowKeys.length, length] as const;
      const rows = { axes: ['stimulus', 'feature'] as const, shape, data };
      await folder.write(path, { values: { rowKeys: [...rowKeys] }, arrays: { rows } });
      await learn(path);
    },
    rows(stimulusIds, rowKeys) {
      const found = rowKeys.map((key) => places.get(key));
      const lost = found.indexOf(undefined);
      if (lost >= 0)
        throw internal('features were asked for before they were extracted', { stimulus: stimulusIds[lost] });
      return {
        stimulusIds,
        ...layout,
        dtype: 'float32',
        readRows: (rows, into = new Float32Array(rows.length * length)) =>
          readPlaces(
            Array.from(rows, (row) => found[row]!),
            length,
            into,
          ),
      };
    },
    async close() {
      for (const { file } of packs) await (await file)?.close();
    },
  };
}

async function openPack(path: string, key: string): Promise<{ pack: Pack; rowKeys: readonly string[] }> {
  const file = await open(path, 'r');
  try {
    const { values, arrays } = await readHeader(file, { key, path });
    return { pack: { path, dataOffset: arrays[0].offset }, rowKeys: values['rowKeys'] as string[] };
  } finally {
    await file.close();
  }
}

/** Neighbouring rows of one pack are one read. */
async function readPlaces(
  places: readonly Place[],
  length: number,
  into: Float32Array,
): Promise<Float32Array> {
  for (let start = 0; start < places.length;) {
    const { pack, row } = places[start];
    let end = start + 1;
    while (end < places.length && places[end].pack === pack && places[end].row === row + (end - start)) end++;
    pack.file ??= open(pack.path, 'r');
    const target = new Uint8Array(
      into.buffer,
      into.byteOffset + start * length * 4,
      (end - start) * length * 4,
    );
    await readFully(await pack.file, target, pack.dataOffset + row * length * 4);
    start = end;
  }
  return into;
}
