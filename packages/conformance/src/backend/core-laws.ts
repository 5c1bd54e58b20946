// What a model promises of the core that is trained between its layers and a readout, if it has one.

import {
  asMapShape,
  type CoreSize,
  type GraphValue,
  type LayerInfo,
  type LoadedModel,
} from '@striate/contracts';
import { demand } from '../law/breach.js';
import type { Law } from '../law/law.js';
import { withModel, type BackendSubject } from './subject.js';

export const coreLaws: readonly Law<BackendSubject>[] = [
  {
    id: 'backend/core-described',
    title: 'says what its core is, with the same fingerprint at every opening, if it has one',
    why: 'The methods paragraph prints the core, and fits are addressed by its fingerprint.',
    check: (subject) =>
      withModel(subject, async ({ core: first }) => {
        const second = await withModel(subject, async ({ core }) => core);
        demand(Boolean(first) === Boolean(second), 'a second opening disagrees on whether there is a core');
        if (!first || !second) return;
        demand(first.description.trim() !== '', 'the description of the core is empty');
        demand(first.fingerprint !== '', 'the fingerprint of the core is empty');
        const detail = `a second opening says ${second.fingerprint}; the first said ${first.fingerprint}`;
        demand(first.fingerprint === second.fingerprint, detail);
      }),
  },
  {
    id: 'backend/core-measured',
    title: 'measures its core on each layer as it is when it is opened, if it has one',
    why: 'The pre-flight believes the measure; a core that is larger than it said crashes hours later.',
    check: (subject) =>
      withModel(subject, async (model) => {
        for (const { layer, input, core } of await coreInputs(model))
          demandMeasured(layer, core.measure(input), core.open(input, 1).parameters);
      }),
  },
];

/** The core with each layer that it can stand behind: maps, and vectors, which are maps of one pixel. */
async function coreInputs({ core, listLayers }: LoadedModel) {
  if (!core) return [];
  const layers = await listLayers();
  return layers
    .filter(({ shape }) => shape.length === 1 || shape.length === 3)
    .map((layer) => ({ layer, input: asMapShape(layer.shape), core }));
}

function demandMeasured(
  { name }: LayerInfo,
  { map, nParameters, nActivations, nOperations }: CoreSize,
  parameters: readonly GraphValue[],
): void {
  const isSize = (size: number) => Number.isInteger(size) && size > 0;
  demand(map.length === 3 && map.every(isSize), `on "${name}" it makes a map [${map.join(', ')}]`);
  for (const [what, value] of Object.entries({ nActivations, nOperations }))
    demand(value > 0 && Number.isFinite(value), `on "${name}" its ${what} are ${value}`);
  const opened = parameters.reduce((sum, { shape }) => sum + shape.reduce<number>(multiply, 1), 0);
  const detail = `on "${name}" it is opened with ${opened} parameters, and measured with ${nParameters}`;
  demand(opened === nParameters, detail);
}

function multiply(product: number, size: number | string): number {
  return product * Number(size);
}
