import type { FeatureBatch, LoadedModel, Stimulus } from '@striate/contracts';
import { demand } from '../law/breach.js';
import { demandClose, demandSameBits } from '../evidence/same.js';
import type { BackendSubject } from './subject.js';

/** Features by layer, one array per stimulus. */
export type Features = ReadonlyMap<string, readonly Float32Array[]>;

/** Extract everything, copying each batch when it comes, as a receiver would that writes it to disk. */
export async function extract(
  model: LoadedModel,
  stimuli: readonly Stimulus[],
  layers: readonly string[],
): Promise<Features> {
  const features = new Map(layers.map((layer) => [layer, [] as Float32Array[]]));
  let nSeen = 0;
  for await (const batch of model.doExtract({ stimuli, layers })) {
    demand(
      batch.start === nSeen,
      `a batch starts at stimulus ${batch.start}; the one before ended at ${nSeen}`,
    );
    for (const layer of layers) features.get(layer)!.push(...rowsOf(batch, layer));
    nSeen += batch.count;
  }
  demand(nSeen === stimuli.length, `${nSeen} stimuli came back; ${stimuli.length} were asked for`);
  return features;
}

/** The rows of one layer of a batch, copied. */
function rowsOf(batch: FeatureBatch, layer: string): Float32Array[] {
  const data = batch.layers.get(layer);
  demand(data !== undefined, `a batch lacks the layer "${layer}", which was asked for`);
  const length = data.length / batch.count;
  return Array.from({ length: batch.count }, (_, i) => data.slice(i * length, (i + 1) * length));
}

/** Demand that rows are those of other stimuli extracted elsewhere: `order[i]` is the row that row `i` has to equal. */
export function demandSameFeatures(
  what: string,
  { tolerance = 0 }: BackendSubject,
  actual: Features,
  expected: Features,
  order?: readonly number[],
): void {
  for (const [layer, rows] of actual) {
    for (const [i, row] of rows.entries()) {
      const wanted = expected.get(layer)![order ? order[i] : i];
      const where = `features of layer "${layer}", row ${i}, ${what},`;
      if (tolerance > 0) demandClose(where, row, wanted, tolerance);
      else demandSameBits(where, row, wanted);
    }
  }
}
