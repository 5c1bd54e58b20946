// Errors of backends: models, layers, images.

import { DataError, UsageError } from '../striate-error.js';
import { suggest } from '../nearest.js';

/** A layer that the model does not have, or that a comparison does not read of it. */
export function unknownLayer(facts: {
  model: string;
  layer: string;
  known: readonly string[];
  isInComparison?: boolean;
}): UsageError {
  const { model, layer, known, isInComparison = false } = facts;
  const where = isInComparison ? ' in this comparison' : '';
  const advice = isInComparison
    ? 'Others have to be listed in the "layers" of the model first.'
    : 'Run "striate list layers" to see them with their shapes.';
  return new UsageError('STRIATE_UNKNOWN_LAYER', `Model "${model}" has no layer "${layer}"${where}.`, {
    context: facts,
    hint: `${suggest(layer, known)} ${advice}`,
  });
}

/** A model's file or folder is not there. */
export function modelNotFound(facts: {
  backend: string;
  model: string;
  tried: readonly string[];
  hint?: string;
}): DataError {
  return new DataError(
    'STRIATE_MODEL_NOT_FOUND',
    `Backend "${facts.backend}" finds no model "${facts.model}"; it looked at ${facts.tried.join(', ')}.`,
    {
      context: facts,
      hint:
        facts.hint ?? 'Give the path of a file, relative to the configuration, or download the model first.',
    },
  );
}

/**
 * A stimulus lacks what the model looks at.
 *
 * @param facts.nOthers Further stimuli that lack it too, as far as it is known.
 */
export function stimulusLacks(facts: {
  stimulus: string;
  what: string;
  model: string;
  nOthers?: number;
}): DataError {
  const { stimulus, what, model, nOthers = 0 } = facts;
  const others = nOthers === 0 ? '' : `, nor ${nOthers === 1 ? 'has 1 other' : `have ${nOthers} others`}`;
  return new DataError(
    'STRIATE_STIMULUS_LACKS',
    `Stimulus "${stimulus}" has no ${what}, which model "${model}" needs${others}.`,
    {
      context: facts,
      hint: 'Add it to the dataset (docs/folder-dataset.md says where), choose stimuli by "stimuli.include", or leave this model out.',
    },
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

/** Nobody says how images have to be prepared for a model. */
export function preprocessingUnknown(facts: { model: string; missing: readonly string[] }): UsageError {
  return new UsageError(
    'STRIATE_PREPROCESSING_UNKNOWN',
    `How images are prepared for model "${facts.model}" is not known; nothing says: ${facts.missing.join(', ')}.`,
    {
      context: facts,
      hint: 'Give these under "preprocessing" in the options of the model, or in a card beside it, or name a preset ("imagenet", "clip"). Nothing is guessed: a wrong guess gives wrong features in silence.',
    },
  );
}

/** A Hugging Face `preprocessor_config.json` that says something not understood here. */
export function preprocessorConfigUnread(facts: { path: string; reason: string }): DataError {
  return new DataError(
    'STRIATE_PREPROCESSOR_CONFIG_UNREAD',
    `The preprocessing in "${facts.path}" is not understood: ${facts.reason}.`,
    { context: facts, hint: 'Give "preprocessing" in the options of the model instead.' },
  );
}

/** A JSON file beside a model that does not parse. */
export function modelFileMalformed(facts: { path: string; reason: string; cause?: unknown }): DataError {
  return new DataError('STRIATE_MODEL_FILE_MALFORMED', `"${facts.path}" cannot be read: ${facts.reason}`, {
    context: { path: facts.path, reason: facts.reason },
    hint: 'Mend it, or download the model again.',
    cause: facts.cause,
  });
}

/** A network failed while it ran, or what it gave has no row per stimulus. */
export function modelRunFailed(facts: { model: string; reason: string; cause?: unknown }): DataError {
  return new DataError('STRIATE_MODEL_RUN_FAILED', `Model "${facts.model}" did not run: ${facts.reason}`, {
    context: { model: facts.model, reason: facts.reason },
    hint: 'Was it exported for one batch size only? Try "batchSize: 1". Does "preprocessing.size" fit the network?',
    cause: facts.cause,
  });
}

/** A network whose structure is not that of the family. */
export function notOfFamily(facts: { model: string; family: string; reason: string }): DataError {
  return new DataError(
    'STRIATE_NOT_OF_FAMILY',
    `Model "${facts.model}" is not a ${facts.family}: ${facts.reason}.`,
    { context: facts, hint: 'Use the "onnx" backend, which takes any network and its own layer names.' },
  );
}
