// The only place that touches ONNX Runtime. A session runs a graph; outputs may be written into buffers of the
// caller, since on most machines the first touch of fresh memory costs more than the arithmetic.

import { deviceUnavailable, invalidValue, usedAfterDispose } from '@striate/contracts';
import { InferenceSession, Tensor as RuntimeTensor, listSupportedBackends } from 'onnxruntime-node';
import { explainMemory, explainOpening } from './failure.js';
import type { Dtype, Tensor, TensorData } from './tensor.js';

export type Device = 'cpu' | 'webgpu' | 'cuda';

export interface SessionOptions {
  readonly device?: Device;
  /** Threads inside one operator; absent: one per core. */
  readonly threads?: number;
  /** What the graph is, for messages: a path, or a word. */
  readonly name?: string;
  /**
   * `none`: every node is run by a kernel of its own, so that a value's bits do not depend on which other values are
   * outputs; with fused kernels they do (ResNet-50: by up to 8e-7 of a layer's largest value), which are up to 27 % faster.
   */
  readonly fusion?: 'all' | 'none';
  /** Folder in which the model's external weights lie, if it has any. */
  readonly weightsFolder?: string;
}

export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /**
   * Run the graph.
   *
   * @param feeds   Input name → tensor.
   * @param fetches Names of the outputs wanted (all, if left out); or name → a tensor to write into, or `null`.
   * @throws {CapabilityError} `STRIATE_USED_AFTER_DISPOSE`.
   * @throws {EnvironmentError} `STRIATE_OUT_OF_MEMORY`.
   */
  run(
    feeds: Readonly<Record<string, Tensor>>,
    fetches?: readonly string[] | Readonly<Record<string, Tensor | null>>,
  ): Promise<Record<string, Tensor>>;
  dispose(): Promise<void>;
}

/**
 * Open a session on the bytes of an ONNX model.
 *
 * @param model Bytes of the file.
 * @throws {DataError} `STRIATE_ONNX_MALFORMED` if ONNX Runtime refuses the graph.
 * @throws {EnvironmentError} `STRIATE_DEVICE_UNAVAILABLE` if the device is not there, `STRIATE_OUT_OF_MEMORY`.
 * @throws {UsageError} `STRIATE_INVALID_VALUE` if the number of threads is none.
 */
export async function openSession(model: Uint8Array, options: SessionOptions = {}): Promise<Session> {
  const device = options.device ?? 'cpu';
  const name = options.name ?? 'a graph of striate';
  requireDevice(device);
  requireThreads(name, options.threads);
  let session: InferenceSession | undefined;
  try {
    session = await InferenceSession.create(model, {
      executionProviders: [device],
      logSeverityLevel: FATAL,
      enableMemPattern: HAS_MEMORY_PATTERN,
      graphOptimizationLevel: options.fusion === 'none' ? 'disabled' : 'all',
      extra: { session: sessionSettings(options) },
      ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
    });
  } catch (cause) {
    throw explainOpening(cause, device, name);
  }
  const { inputNames, outputNames } = session;
  return {
    inputNames,
    outputNames,
    async run(feeds, fetches = outputNames) {
      if (!session) throw usedAfterDispose(`The session of ${name}`);
      try {
        const results = await session.run(mapValues(feeds, toRuntime), toRuntimeFetches(fetches));
        return mapValues(results, fromRuntime);
      } catch (cause) {
        throw explainMemory(cause, name) ?? cause;
      }
    },
    async dispose() {
      const open = session;
      session = undefined;
      await open?.release();
    },
  };
}

/** All that ONNX Runtime logs as an error it throws as well. */
const FATAL = 4;

/**
 * ONNX Runtime would lay out the memory of a second run as one block, and keep that of the first: 12 to 36 % more at the
 * peak of training steps, which are no faster for it.
 */
const HAS_MEMORY_PATTERN = false;

/**
 * Threads that wait for work sleep instead of spinning. Where cores are shared (other sessions, workers, processes),
 * spinning threads keep those from running that have work: two processes on two cores took 4.5 ms a run without and
 * 15 ms with it.
 */
function sessionSettings({ weightsFolder }: SessionOptions) {
  return {
    intra_op: { allow_spinning: '0' },
    ...(weightsFolder === undefined ? {} : { model_external_initializers_file_folder_path: weightsFolder }),
  };
}

/** Devices that this installation of ONNX Runtime has libraries for. */
export function listDevices(): readonly Device[] {
  const known: readonly string[] = listSupportedBackends().map((backend) => backend.name);
  return (['cpu', 'webgpu', 'cuda'] as const).filter((device) => known.includes(device));
}

function requireDevice(device: Device): void {
  const devices = listDevices();
  if (devices.includes(device)) return;
  const reason = `ONNX Runtime was installed for ${devices.join(', ')} only.`;
  throw deviceUnavailable({ device, reason });
}

function requireThreads(path: string, threads: number | undefined): void {
  if (threads === undefined || (Number.isInteger(threads) && threads > 0)) return;
  throw invalidValue({ path, at: 'threads', expected: 'a positive integer', actual: String(threads) });
}

function toRuntime(value: Tensor): RuntimeTensor {
  return new RuntimeTensor(value.dtype as 'float32', value.data as Float32Array, value.shape);
}

function fromRuntime(value: RuntimeTensor): Tensor {
  return { dtype: value.type as Dtype, shape: value.dims, data: value.data as TensorData[Dtype] };
}

function toRuntimeFetches(fetches: readonly string[] | Readonly<Record<string, Tensor | null>>) {
  if (Array.isArray(fetches)) return fetches as string[];
  return mapValues(fetches as Record<string, Tensor | null>, (value) =>
    value === null ? null : toRuntime(value),
  );
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
