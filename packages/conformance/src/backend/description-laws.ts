// What a model says of itself.

import type { LoadedModel } from '@striate/contracts';
import { demand } from '../law/breach.js';
import type { Law } from '../law/law.js';
import { firstDuplicate } from '../evidence/same.js';
import { withModel, type BackendSubject } from './subject.js';

export const descriptionLaws: readonly Law<BackendSubject>[] = [
  {
    id: 'backend/layers-ordered',
    title: 'lists layers with unique names, in order of computation, with strictly increasing depth',
    why: 'Layer curves are drawn along depth, and artefacts are found by layer name.',
    check: (subject) => withModel(subject, demandOrderedLayers),
  },
  {
    id: 'backend/card-complete',
    title: 'says in its card what the model is, and nothing empty',
    why: 'The report and its methods paragraph print the card; a score of an unnamed network is worth nothing.',
    check: (subject) => withModel(subject, demandCompleteCard),
  },
  {
    id: 'backend/fingerprint-stable',
    title: 'has the same fingerprint and layers at every opening',
    why: 'Artefacts are addressed by the fingerprint: if it moves, nothing is ever found again.',
    check: (subject) =>
      withModel(subject, async (first) => {
        const second = await withModel(subject, describeModel);
        const expected = await describeModel(first);
        demand(first.fingerprint.length > 0, 'the fingerprint is empty');
        demand(second === expected, `a second opening says ${second}; the first said ${expected}`);
      }),
  },
];

async function describeModel(model: LoadedModel): Promise<string> {
  return JSON.stringify({ fingerprint: model.fingerprint, layers: await model.listLayers() });
}

async function demandOrderedLayers(model: LoadedModel): Promise<void> {
  const layers = await model.listLayers();
  demand(layers.length > 0, 'the model lists no layer');
  const duplicate = firstDuplicate(layers.map((layer) => layer.name));
  demand(duplicate === undefined, `two layers are named "${duplicate}"`);
  for (let i = 1; i < layers.length; i++) {
    const [before, layer] = [layers[i - 1], layers[i]];
    const detail = `layer "${layer.name}" has depth ${layer.depth}; "${before.name}" before it has ${before.depth}`;
    demand(layer.depth > before.depth, detail);
  }
}

async function demandCompleteCard({ card, needs }: LoadedModel): Promise<void> {
  for (const field of ['id', 'title', 'family'] as const)
    demand(Boolean(card[field]), `the card has no ${field}`);
  const empty = Object.entries(card).find(([, value]) => String(value).trim() === '');
  demand(empty === undefined, `the card's "${empty?.[0]}" is empty; leave out what is not known`);
  const isPrepared = needs !== 'image' || card.preprocessing !== undefined;
  demand(isPrepared, 'the model looks at images, and its card does not say how they are prepared');
}
