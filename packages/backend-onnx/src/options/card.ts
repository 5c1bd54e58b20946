// What people may say of a model: the card of the run record, the preprocessing apart.

import { oneOf, optional, text, type ModelCard, type OptionReaders } from '@striate/contracts';

export type CardOptions = Partial<Omit<ModelCard, 'id' | 'preprocessing'>>;

export const CARD_READERS: OptionReaders<CardOptions> = {
  title: optional(text('a title')),
  family: optional(
    oneOf(['task-optimised', 'response-optimised', 'contrastive', 'language', 'untrained', 'other']),
  ),
  trainingData: optional(text('the name of a data set')),
  source: optional(text('where it is from')),
  licence: optional(text('the name of a licence')),
  citation: optional(text('a citation')),
};
