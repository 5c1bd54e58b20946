// Errors of `compute`: sessions, graphs, linear algebra.

import { DataError, EnvironmentError } from '../striate-error.js';

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

/** A matrix that has to be positive definite is not. */
export function notPositiveDefinite(facts: { what: string; pivot: number; value: number }): DataError {
  return new DataError(
    'STRIATE_NOT_POSITIVE_DEFINITE',
    `${facts.what} is not positive definite: pivot ${facts.pivot} is ${facts.value}.`,
    { context: facts, hint: 'Use a larger penalty, or remove columns that repeat others.' },
  );
}
