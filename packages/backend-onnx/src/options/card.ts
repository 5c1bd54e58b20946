// What people may say of a model: the card of the run record, the preprocessing apart.

import type { ModelCard } from '@striate/contracts';
import { oneOf, readText } from './read.js';

export type CardOptions = Partial<Omit<ModelCard, 'id' | 'preprocessing'>>;

export const CARD_READERS = {
  title: readText,
  family: oneOf('task-optimised', 'response-optimised', 'contrastive', 'language', 'untrained', 'other'),
  trainingData: readText,
  source: readText,
  licence: readText,
  citation: readText,
} as const;
