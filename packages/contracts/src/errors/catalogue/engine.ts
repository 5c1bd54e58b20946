// Errors of `compute`: sessions, graphs, linear algebra.

import { CapabilityError, DataError, EnvironmentError, UsageError } from '../striate-error.js';

/** A device was asked for that is not there. */
export function deviceUnavailable(facts: { device: string; reason: string }): EnvironmentError {
  return new EnvironmentError(
    'STRIATE_DEVICE_UNAVAILABLE',
    `The device "${facts.device}" cannot be used: ${facts.reason}`,
    {
      context: facts,
      hint: 'Use "cpu", or install the device\'s libraries; "striate doctor" says what is there.',
    },
  );
}

/** Memory that was not to be had. */
export function outOfMemory(facts: { what: string; bytes?: number; cause?: unknown }): EnvironmentError {
  const { what, bytes, cause } = facts;
  const asked = bytes === undefined ? '' : `: ${(bytes / 1e9).toFixed(1)} GB at once were not to be had`;
  return new EnvironmentError('STRIATE_OUT_OF_MEMORY', `${what} ran out of memory${asked}.`, {
    context: { what, ...(bytes === undefined ? {} : { bytes }) },
    hint: 'Take smaller batches, or fewer voxels or layers at a time; on another device, "cpu" may have more.',
    cause,
  });
}

/** An ONNX file that cannot be decoded: cut short, or something else. */
export function onnxMalformed(facts: { path: string; reason: string; cause?: unknown }): DataError {
  return new DataError(
    'STRIATE_ONNX_MALFORMED',
    `"${facts.path}" is not a whole ONNX model: ${facts.reason}`,
    {
      context: { path: facts.path, reason: facts.reason },
      hint: 'Export or copy it again, and compare sizes after copying.',
      cause: facts.cause,
    },
  );
}

/** A model whose weights are more than its file can hold. */
export function onnxTooLarge(facts: { bytes: number; limitBytes: number }): CapabilityError {
  const inGigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  return new CapabilityError(
    'STRIATE_ONNX_TOO_LARGE',
    `A model has ${inGigabytes(facts.bytes)} of weights; an ONNX file holds ${inGigabytes(facts.limitBytes)} at most.`,
    {
      context: facts,
      hint: 'Take fewer voxels at a time ("regions"), a smaller layer, or a readout with fewer weights per voxel.',
    },
  );
}

/** A node of an ONNX file that no graph can be made of. */
export function onnxNodeUnread(facts: {
  model: string;
  operator: string;
  node: string;
  reason: string;
  cause?: unknown;
}): CapabilityError {
  const { cause, ...context } = facts;
  return new CapabilityError(
    'STRIATE_ONNX_NODE_UNREAD',
    `The node "${facts.node}" (${facts.operator}) of ${facts.model} cannot be read into a graph: ${facts.reason}`,
    {
      context,
      hint: 'Cut the network before it; or let onnx.shape_inference write the types of all values into the file.',
      cause,
    },
  );
}

/** A stored tensor of an ONNX file that cannot be put into a graph. */
export function onnxWeightUnread(facts: { weight: string; reason: string }): CapabilityError {
  return new CapabilityError(
    'STRIATE_ONNX_WEIGHT_UNREAD',
    `The stored tensor "${facts.weight}" cannot be read into a graph: ${facts.reason}.`,
    { context: facts, hint: 'Export the network again with float weights inside of the file.' },
  );
}

/** A matrix that has to be positive definite is not. */
export function notPositiveDefinite(facts: { what: string; pivot: number; value: number }): DataError {
  return new DataError(
    'STRIATE_NOT_POSITIVE_DEFINITE',
    `${facts.what} is not positive definite: pivot ${facts.pivot} is ${facts.value}.`,
    { context: facts, hint: 'Use a larger penalty, or remove columns that repeat others.' },
  );
}

/** A matrix that has to be symmetric is not. */
export function notSymmetric(facts: {
  what: string;
  row: number;
  column: number;
  value: number;
  mirrored: number;
}): DataError {
  const { what, row, column, value, mirrored } = facts;
  return new DataError(
    'STRIATE_NOT_SYMMETRIC',
    `${what} is not symmetric: row ${row}, column ${column} is ${value}, and its mirror ${mirrored}.`,
    {
      context: facts,
      hint: 'Take the mean of the matrix and its transpose, if only rounding set them apart.',
    },
  );
}

/** A triangular matrix that cannot be solved with. */
export function singularMatrix(facts: { what: string; pivot: number }): DataError {
  return new DataError(
    'STRIATE_SINGULAR_MATRIX',
    `${facts.what} cannot be solved with: element ${facts.pivot} of its diagonal is zero.`,
    { context: facts, hint: 'Remove columns that repeat others, or add a penalty.' },
  );
}

/** A graph is built of values that do not fit. */
export function graphMalformed(facts: { operator: string; inputs: string; reason: string }): UsageError {
  return new UsageError(
    'STRIATE_GRAPH_MALFORMED',
    `${facts.operator} cannot be applied to ${facts.inputs}: ${facts.reason}.`,
    {
      context: facts,
      hint: 'Look at the shapes of what goes in: sizes come in the order of ONNX (N, C, H, W).',
    },
  );
}

/** Two tensors of one graph have the same name. */
export function graphNameTwice(facts: { name: string }): UsageError {
  return new UsageError('STRIATE_GRAPH_NAME_TWICE', `Two tensors of one graph are called "${facts.name}".`, {
    context: facts,
    hint: 'Give each input and each parameter a name of its own; parts that are used twice take a prefix.',
  });
}

/** A gradient is asked for through an operator that has no rule. */
export function gradientMissing(facts: { operator: string; reason?: string }): CapabilityError {
  const reason = facts.reason === undefined ? '' : ` (${facts.reason})`;
  return new CapabilityError(
    'STRIATE_GRADIENT_MISSING',
    `There is no gradient for the operator "${facts.operator}"${reason}, and a trained parameter lies behind it.`,
    {
      context: facts,
      hint: 'Freeze what lies before the operator, or add a rule: docs/compute.md shows how.',
    },
  );
}

/** An option of training that makes no sense. */
export function invalidTrainingOption(facts: {
  option: string;
  value: unknown;
  expected: string;
}): UsageError {
  return new UsageError(
    'STRIATE_INVALID_TRAINING_OPTION',
    `The training option "${facts.option}" is ${String(facts.value)}; expected ${facts.expected}.`,
    { context: facts, hint: 'Change the option; the defaults are those of the method.' },
  );
}

/** A loss or a gradient is no number any more. */
export function trainingNotFinite(facts: {
  step: number;
  loss: number;
  gradientNorm: number;
  tensor: string;
}): DataError {
  return new DataError(
    'STRIATE_TRAINING_NOT_FINITE',
    `At step ${facts.step} the loss is ${facts.loss} and the gradient's norm ${facts.gradientNorm}; the first tensor that is not finite is ${facts.tensor}.`,
    {
      context: facts,
      hint: 'The parameters are still those before the step. Use a smaller learning rate or clip gradients; if the tensor is an input, look at the data.',
    },
  );
}

/** A batch of training data, or what reads it, failed. */
export function readingFailed(facts: { what: string; reason: string; cause?: unknown }): DataError {
  const { what, reason, cause } = facts;
  return new DataError('STRIATE_READING_FAILED', `${what} could not be read: ${reason}`, {
    context: { what, reason },
    hint: 'Mend or leave out what the reason names; a training with checkpoints goes on from the last one.',
    cause,
  });
}

/** A checkpoint of another training. */
export function checkpointMismatch(facts: { path: string; reason: string }): DataError {
  return new DataError(
    'STRIATE_CHECKPOINT_MISMATCH',
    `The checkpoint "${facts.path}" does not belong to this training: ${facts.reason}`,
    {
      context: facts,
      hint: 'Train with the settings that it was written with, or start anew at another path.',
    },
  );
}
