// Errors of backends: models, layers, images.

import { DataError, UsageError } from '../striate-error.js';
import { suggest } from '../nearest.js';

/** A layer that the model does not have. */
export function unknownLayer(facts: { model: string; layer: string; known: readonly string[] }): UsageError {
  return new UsageError('STRIATE_UNKNOWN_LAYER', `Model "${facts.model}" has no layer "${facts.layer}".`, {
    context: facts,
    hint: `${suggest(facts.layer, facts.known)} Run "striate list layers" to see them with their shapes.`,
  });
}

/** A model's file or folder is not there. */
export function modelNotFound(facts: {
  backend: string;
  model: string;
  tried: readonly string[];
}): DataError {
  return new DataError(
    'STRIATE_MODEL_NOT_FOUND',
    `Backend "${facts.backend}" finds no model "${facts.model}"; it looked at ${facts.tried.join(', ')}.`,
    {
      context: facts,
      hint: 'Give the path of a file, relative to the configuration, or download the model first.',
    },
  );
}

/** A stimulus lacks what the model looks at. */
export function stimulusLacks(facts: { stimulus: string; what: string; model: string }): DataError {
  return new DataError(
    'STRIATE_STIMULUS_LACKS',
    `Stimulus "${facts.stimulus}" has no ${facts.what}, which model "${facts.model}" needs.`,
    { context: facts, hint: 'Add it to the stimuli table, or leave this model out.' },
  );
}

/** Bytes that no image decoder takes. */
export function imageUndecodable(facts: {
  stimulus: string;
  location: string;
  reason: string;
  cause?: unknown;
}): DataError {
  return new DataError(
    'STRIATE_IMAGE_UNDECODABLE',
    `The image of stimulus "${facts.stimulus}" cannot be decoded ("${facts.location}"): ${facts.reason}`,
    {
      context: { stimulus: facts.stimulus, location: facts.location, reason: facts.reason },
      hint: 'Open it in an image viewer; PNG, JPEG, WebP, TIFF and GIF are read.',
      cause: facts.cause,
    },
  );
}
