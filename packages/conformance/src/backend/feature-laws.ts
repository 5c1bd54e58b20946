// What comes back when features are asked for.

import type { LoadedModel } from '@striate/contracts';
import { demand } from '../law/breach.js';
import type { Law } from '../law/law.js';
import { demandFinite, demandSameBits } from '../evidence/same.js';
import { demandSameFeatures, extract } from './extract.js';
import { probeNames, withModel, type BackendSubject } from './subject.js';

export const featureLaws: readonly Law<BackendSubject>[] = [
  {
    id: 'backend/layers-extractable',
    title: 'extracts every layer that it lists, in the shape that it declares',
    why: 'A layer that fails, or comes in another shape, is found out hours into a comparison.',
    check: (subject) => withModel(subject, (model) => demandDeclaredShapes(model, subject)),
  },
  {
    id: 'backend/finite',
    title: 'returns finite features',
    why: 'One NaN makes every voxel of a fit NaN.',
    check: (subject) =>
      withModel(subject, async (model) => {
        const features = await extract(model, subject.stimuli, await probeNames(model));
        for (const [layer, rows] of features) {
          for (const row of rows) demandFinite(`features of layer "${layer}"`, row);
        }
      }),
  },
  {
    id: 'backend/stimuli-distinguished',
    title: 'gives different stimuli different features',
    why: 'A network that never sees its input still gives features, and a score that looks like a bad model.',
    check: (subject) => withModel(subject, (model) => demandDistinctRows(model, subject)),
  },
  {
    id: 'backend/deterministic',
    title: 'gives the same bits for the same request, also after a second opening',
    why: 'A run that is resumed or repeated has to give the same numbers.',
    check: (subject) =>
      withModel(subject, async (model) => {
        const layers = await probeNames(model);
        const first = await extract(model, subject.stimuli, layers);
        const exact = { ...subject, tolerance: 0 };
        demandSameFeatures('asked for again', exact, await extract(model, subject.stimuli, layers), first);
        const reopened = await withModel(subject, (other) => extract(other, subject.stimuli, layers));
        demandSameFeatures('after a second opening', exact, reopened, first);
      }),
  },
  {
    id: 'backend/buffers-owned-by-receiver',
    title: 'never writes into a batch that it has handed out',
    why: 'Whoever keeps a batch while the next one comes would see it change.',
    check: (subject) => withModel(subject, (model) => demandOwnBuffers(model, subject)),
  },
];

async function demandDeclaredShapes(model: LoadedModel, { stimuli }: BackendSubject): Promise<void> {
  const layers = await model.listLayers();
  const two = stimuli.slice(0, 2); // all layers of a deep network are large
  const names = layers.map((layer) => layer.name);
  const features = await extract(model, two, names);
  for (const { name, axes, shape } of layers) {
    const declared = `layer "${name}" declares [${axes.join(', ')}] = [${shape.join(', ')}]`;
    demand(axes.length === shape.length, `${declared}: as many sizes as axes are needed`);
    const length = shape.reduce((product, size) => product * size, 1);
    for (const row of features.get(name)!) {
      demand(row.length === length, `${declared} and returns ${row.length} values per stimulus`);
    }
  }
}

async function demandDistinctRows(model: LoadedModel, { stimuli }: BackendSubject): Promise<void> {
  const last = (await probeNames(model)).at(-1)!;
  const rows = (await extract(model, stimuli, [last])).get(last)!;
  const isConstant = rows.every((row) => row.every((value, i) => value === rows[0][i]));
  demand(!isConstant, `layer "${last}" is the same for all ${stimuli.length} stimuli`);
}

async function demandOwnBuffers(model: LoadedModel, { stimuli }: BackendSubject): Promise<void> {
  const layers = await probeNames(model);
  const kept: { what: string; buffer: Float32Array; copy: Float32Array }[] = [];
  const many = [...stimuli, ...stimuli, ...stimuli]; // more than one batch, likely
  for await (const batch of model.doExtract({ stimuli: many, layers })) {
    for (const [layer, buffer] of batch.layers) {
      kept.push({
        what: `features of layer "${layer}" from stimulus ${batch.start}`,
        buffer,
        copy: buffer.slice(),
      });
    }
  }
  for (const { what, buffer, copy } of kept) demandSameBits(what, buffer, copy);
}
