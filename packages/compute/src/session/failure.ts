// What ONNX Runtime complains about, as errors of ours. It has no codes to go by: only texts.

import {
  deviceUnavailable,
  onnxMalformed,
  outOfMemory,
  type EnvironmentError,
  type StriateError,
} from '@striate/contracts';
import type { Device } from './session.js';

const NO_MEMORY = /failed to allocate|allocation failed|bad_alloc|out of memory|bfc_?arena/i;
const BYTES_ASKED = /requested buffer of size (\d+)/;
const ABOUT_DEVICE = /provider|cuda|webgpu|adapter|device/i;

/** Why a session could not be opened. */
export function explainOpening(cause: unknown, device: Device, name: string): StriateError {
  const reason = reasonOf(cause);
  if (device !== 'cpu' && ABOUT_DEVICE.test(reason))
    return deviceUnavailable({ device, reason: shortened(reason) });
  return explainMemory(cause, name) ?? onnxMalformed({ path: name, reason, cause });
}

/** The error for memory that was not to be had; `undefined` if it was something else. */
export function explainMemory(cause: unknown, name: string): EnvironmentError | undefined {
  const reason = reasonOf(cause);
  if (!NO_MEMORY.test(reason)) return undefined;
  const bytes = BYTES_ASKED.exec(reason)?.[1];
  return outOfMemory({ what: name, ...(bytes === undefined ? {} : { bytes: Number(bytes) }), cause });
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** Without the place in ONNX Runtime's sources and the condition that did not hold. */
function shortened(reason: string): string {
  return reason.split(' was false. ').at(-1)!.trim();
}
