// Pooling: what a window sees becomes one number, channel by channel.

import { apply, applyOne, operator, type Operator } from '../operator.js';
import type { Size, Value } from '../value.js';
import {
  countPlaces,
  extentOf,
  knownSizes,
  readWindow,
  stop,
  WINDOW_ATTRIBUTES,
  type Application,
  type Window,
  type WindowOptions,
} from './window.js';

const pooled = (application: Application) => {
  const x = application.inputs[0]!;
  return { dtype: x.dtype, shape: [...x.shape.slice(0, 2), ...readPooling(application).places] };
};

const averagePool = operator(
  'AveragePool',
  (inputs, attributes) => [pooled({ operator: 'AveragePool', inputs, attributes })],
  { ...WINDOW_ATTRIBUTES, ceil_mode: 'int', count_include_pad: 'int' },
);

const maxPool: Operator = {
  ...operator(
    'MaxPool',
    (inputs, attributes) => {
      const y = pooled({ operator: 'MaxPool', inputs, attributes });
      return [y, { dtype: 'int64', shape: y.shape }];
    },
    { ...WINDOW_ATTRIBUTES, ceil_mode: 'int', storage_order: 'int' },
  ),
  hasOptionalOutputs: true,
};

const globalAveragePool = operator('GlobalAveragePool', (inputs) => {
  const x = inputs[0]!;
  if (x.shape.length < 3)
    stop({ operator: 'GlobalAveragePool', inputs, attributes: {} }, 'there are no spatial axes');
  return [{ dtype: x.dtype, shape: x.shape.map((size, axis) => (axis < 2 ? size : 1)) }];
});

export const poolingOperators: readonly Operator[] = [averagePool, maxPool, globalAveragePool];

export interface Pooling {
  readonly window: Window;
  /** How often the window is put down along each spatial axis. */
  readonly places: readonly Size[];
}

/**
 * Read where a pooling operator puts its window.
 *
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if the window does not fit what it is moved over.
 */
export function readPooling(application: Application): Pooling {
  const nAxes = application.inputs[0]!.shape.length - 2;
  const kernel = (application.attributes.kernel_shape ?? []) as readonly number[];
  if (kernel.length !== nAxes || nAxes < 1)
    stop(application, `a window [${kernel.join(', ')}] does not fit ${nAxes} spatial axes`);
  const window = readWindow(application, kernel);
  if (window.pads.some((count, i) => count >= kernel[i % nAxes]))
    stop(application, `pads [${window.pads.join(', ')}] should be below the window's [${kernel.join(', ')}]`);
  const reaching = application.attributes.ceil_mode === 1 ? reachOver(application, window) : window;
  return { window, places: countPlaces(application, reaching) };
}

/** As many more pads behind as take one more window where something is left over, if it begins before those pads. */
function reachOver(application: Application, window: Window): Window {
  const { strides, pads } = window;
  const nAxes = strides.length;
  const more = knownSizes(application).map((size, axis) => {
    const lastBegin = size + pads[axis] + pads[axis + nAxes] - extentOf(window, axis);
    const left = lastBegin % strides[axis];
    const begin = lastBegin - left + strides[axis];
    return left > 0 && begin < size + pads[axis] ? strides[axis] - left : 0;
  });
  return { ...window, pads: pads.map((count, i) => (i < nAxes ? count : count + more[i - nAxes])) };
}

export interface PoolingOptions extends WindowOptions {
  /** Taps of the window along each spatial axis. */
  readonly kernel: readonly number[];
  /** One more window where the windows do not come out even. Default: false. */
  readonly ceilMode?: boolean;
}

export interface AveragePoolOptions extends PoolingOptions {
  /** Divide by all that the window sees, pads included. Default: false. */
  readonly countIncludePad?: boolean;
}

const flag = (isSet?: boolean) => (isSet ? 1 : undefined);

const attributesOf = ({ kernel, ceilMode, ...window }: PoolingOptions) => ({
  kernel_shape: kernel,
  ceil_mode: flag(ceilMode),
  ...window,
});

/**
 * The mean of what the window sees.
 *
 * @param x [N, C, spatial…].
 * @returns [N, C, places…].
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if the window does not fit.
 */
export const AveragePool = (x: Value, options: AveragePoolOptions) => {
  const { countIncludePad, ...pooling } = options;
  return applyOne(averagePool, [x], { ...attributesOf(pooling), count_include_pad: flag(countIncludePad) });
};

/**
 * The largest of what the window sees; pads are never the largest.
 *
 * @param x [N, C, spatial…].
 * @returns [N, C, places…].
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if the window does not fit.
 */
export const MaxPool = (x: Value, options: PoolingOptions) => MaxPoolWithIndices(x, options).y;

/** With the place of each largest element among all elements of x. */
export const MaxPoolWithIndices = (x: Value, options: PoolingOptions) => {
  const [y, indices] = apply(maxPool, [x], attributesOf(options));
  return { y, indices };
};

/** The mean over all spatial axes, which keep size 1. */
export const GlobalAveragePool = (x: Value) => applyOne(globalAveragePool, [x]);
