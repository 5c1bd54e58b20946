// A stimulus gives the same features whatever else is asked for: what artefacts stand on.

import type { LoadedModel, Stimulus } from '@striate/contracts';
import type { Law } from '../law/law.js';
import { demandSameFeatures, extract, type Features } from './extract.js';
import { probeNames, withModel, type BackendSubject } from './subject.js';

export const invarianceLaws: readonly Law<BackendSubject>[] = [
  {
    id: 'backend/batch-invariant',
    title: 'gives a stimulus the same features alone, in any batch and among any others',
    why: 'Stored features are joined with features extracted later, in another batch.',
    check: (subject) =>
      compareWithAll(subject, async (model, layers, all) => {
        for (const [i, stimulus] of subject.stimuli.entries()) {
          const alone = await extract(model, [stimulus], layers);
          demandSameFeatures(`of stimulus "${stimulus.id}" alone`, subject, alone, all, [i]);
        }
        const order = [0, 2, 3];
        const some = await extract(model, choose(subject, order), layers);
        demandSameFeatures('among fewer stimuli', subject, some, all, order);
      }),
  },
  {
    id: 'backend/order-invariant',
    title: 'returns rows in the order asked for, whatever the order',
    why: 'A row that belongs to another stimulus lowers every score and raises no error.',
    check: (subject) =>
      compareWithAll(subject, async (model, layers, all) => {
        const order = [3, 0, 4, 1, 2, 1]; // a stimulus may be asked for twice
        const permuted = await extract(model, choose(subject, order), layers);
        demandSameFeatures('in another order', subject, permuted, all, order);
      }),
  },
  {
    id: 'backend/layer-selection-invariant',
    title: 'gives a layer the same bits alone as together with all others',
    why: 'A comparison that adds a layer must not change the layers that it already has.',
    check: (subject) =>
      withModel(subject, async (model) => {
        const two = subject.stimuli.slice(0, 2);
        const names = (await model.listLayers()).map((layer) => layer.name);
        const together = await extract(model, two, names);
        for (const layer of await probeNames(model)) {
          demandSameFeatures(
            'alone',
            { ...subject, tolerance: 0 },
            await extract(model, two, [layer]),
            together,
          );
        }
      }),
  },
];

async function compareWithAll(
  subject: BackendSubject,
  compare: (model: LoadedModel, layers: string[], all: Features) => Promise<void>,
): Promise<void> {
  await withModel(subject, async (model) => {
    const layers = await probeNames(model);
    await compare(model, layers, await extract(model, subject.stimuli, layers));
  });
}

function choose({ stimuli }: BackendSubject, order: readonly number[]): Stimulus[] {
  return order.map((i) => stimuli[i]);
}
