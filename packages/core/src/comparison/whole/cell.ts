// One cell of a comparison: a model at a layer, a readout, a subject.

import { choiceNeeded, unknownId, type LayerInfo } from '@striate/contracts';
import type { DescribedReadout } from '../../plan/description.js';
import { requireRead } from '../cores.js';
import { findLayer } from '../layers.js';
import type { OpenModel } from '../models.js';
import type { OpenComparison } from '../open.js';
import type { ChosenReadout } from '../parts.js';
import type { SelectedSubject } from '../subjects.js';
import type { OpenUnion } from '../unions.js';

/** Which cell of the comparison; what is left out has to be the only one of its kind. */
export interface Selection {
  readonly model?: string | undefined;
  readonly layer?: string | undefined;
  readonly readout?: string | undefined;
  readonly subject?: string | undefined;
}

export interface Cell {
  readonly comparison: OpenComparison;
  /** With its one layer. */
  readonly model: OpenModel | OpenUnion;
  readonly layer: LayerInfo;
  readonly locator: OpenModel | undefined;
  readonly readout: ChosenReadout;
  /** The same readout, as plans and keys know it. */
  readonly described: DescribedReadout;
  readonly subject: SelectedSubject;
}

/**
 * Choose a cell.
 *
 * @throws {UsageError} `STRIATE_CHOICE_NEEDED`, `STRIATE_UNKNOWN_ID`, `STRIATE_UNKNOWN_LAYER`.
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` for a model with a core and a readout that cannot train it.
 */
export function chooseCell(comparison: OpenComparison, selection: Selection): Cell {
  const models = [...comparison.models, ...comparison.unions];
  const whole = chooseOne('model', models, ({ name }) => name, selection.model);
  const layer =
    selection.layer === undefined
      ? chooseOne('layer', whole.layers, ({ name }) => name, undefined)
      : findLayer(whole, selection.layer, true);
  const readout = chooseOne('readout', comparison.parts.readouts, ({ name }) => name, selection.readout);
  const subject = chooseOne('subject', comparison.subjects, (each) => each.subject, selection.subject);
  const model = { ...whole, layers: [layer] };
  const locator = comparison.locators.get(readout.name);
  const described = comparison.description.readouts.find(({ name }) => name === readout.name)!;
  requireRead(described, whole);
  return { comparison, model, layer, locator, readout, described, subject };
}

function chooseOne<Item>(
  what: string,
  items: readonly Item[],
  nameOf: (item: Item) => string,
  wanted: string | undefined,
): Item {
  const known = items.map(nameOf);
  if (wanted === undefined) {
    if (items.length === 1) return items[0];
    throw choiceNeeded({ what, known });
  }
  const place = known.indexOf(wanted);
  if (place < 0) throw unknownId({ seam: what, id: wanted, known });
  return items[place];
}

/** The models whose features a cell reads, each at its one layer. */
export function modelsOf({ model, locator }: Cell): OpenModel[] {
  const read =
    'loaded' in model ? [model] : model.spaces.map((space) => ({ ...space.model, layers: [space.layer] }));
  return locator ? [...read, locator] : read;
}
