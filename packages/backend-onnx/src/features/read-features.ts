import {
  aborted,
  unknownLayer,
  type ExtractRequest,
  type FeatureBatch,
  type LayerInfo,
} from '@striate/contracts';
import type { NpyFile } from '@striate/npy';

/** About 4 MB of features per batch. */
const VALUES_PER_BATCH = 1 << 20;

interface FeaturesFile {
  readonly file: NpyFile;
  /** Id → row of the file. */
  readonly rows: ReadonlyMap<string, number>;
  readonly layer: LayerInfo;
  readonly name: string;
}

/**
 * Read the rows of stimuli in batches, in the order of the request; memory does not grow with their number.
 *
 * @throws {UsageError} `STRIATE_UNKNOWN_LAYER`.
 * @throws {CapabilityError} `STRIATE_ABORTED`, and what `assertUsable` throws.
 * @throws {DataError} `STRIATE_NPY_FORTRAN_ORDER` if rows do not lie together in the file.
 */
export async function* readFeatures(
  { file, rows, layer, name }: FeaturesFile,
  { stimuli, layers, signal }: ExtractRequest,
  assertUsable: () => void,
): AsyncGenerator<FeatureBatch> {
  const unknown = layers.find((wanted) => wanted !== layer.name);
  if (unknown !== undefined) throw unknownLayer({ model: name, layer: unknown, known: [layer.name] });
  if (layers.length === 0) return;
  const length = layer.shape.reduce((product, size) => product * size, 1);
  const step = Math.max(1, Math.floor(VALUES_PER_BATCH / length));
  for (let start = 0; start < stimuli.length; start += step) {
    assertUsable();
    if (signal?.aborted) throw aborted(`Reading of features "${name}"`);
    const wanted = stimuli.slice(start, start + step).map((stimulus) => rows.get(stimulus.id)!);
    const data = await readScattered(file, wanted, length);
    yield { start, count: wanted.length, layers: new Map([[layer.name, data]]) };
  }
}

/** Rows that lie together are read together. */
async function readScattered(
  file: NpyFile,
  wanted: readonly number[],
  length: number,
): Promise<Float32Array> {
  const data = new Float32Array(wanted.length * length);
  for (let first = 0; first < wanted.length;) {
    let end = first + 1;
    while (end < wanted.length && wanted[end] === wanted[end - 1] + 1) end++;
    await file.readRows(wanted[first], end - first, data.subarray(first * length, end * length));
    first = end;
  }
  return data;
}
