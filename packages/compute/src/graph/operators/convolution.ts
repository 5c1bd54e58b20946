// Convolution over the axes behind N and C, and its adjoint.

import { applyOne, operator, type Operator } from '../operator.js';
import type { Shape, Size, Value } from '../value.js';
import {
  countPlaces,
  extentOf,
  knownSizes,
  readList,
  readWindow,
  stop,
  WINDOW_ATTRIBUTES,
  type Application,
  type Window,
  type WindowOptions,
} from './window.js';

const conv = operator(
  'Conv',
  (inputs, attributes) => {
    const application = { operator: 'Conv', inputs, attributes };
    const { window, groups } = readConvolution(application);
    const [x, w] = inputs as readonly Value[];
    const [nFilters, nRead] = w.shape.map(Number);
    if (x.shape[1] !== nRead * groups || nFilters % groups !== 0)
      stop(application, `the channels do not fit filters in ${groups} group(s)`);
    const places = countPlaces(application, window);
    return [{ dtype: x.dtype, shape: resultShape(application, nFilters, places) }];
  },
  { ...WINDOW_ATTRIBUTES, group: 'int' },
);

const convTranspose = operator(
  'ConvTranspose',
  (inputs, attributes) => {
    const application = { operator: 'ConvTranspose', inputs, attributes };
    const { window, groups } = readConvolution(application);
    const [x, w] = inputs as readonly Value[];
    const [nChannels, nShare] = w.shape.map(Number);
    if (x.shape[1] !== nChannels || nChannels % groups !== 0)
      stop(application, `the channels do not fit filters in ${groups} group(s)`);
    const sizes = spreadSizes(application, window);
    return [{ dtype: x.dtype, shape: resultShape(application, nShare * groups, sizes) }];
  },
  { ...WINDOW_ATTRIBUTES, group: 'int', output_padding: 'ints' },
);

export const convolutionOperators: readonly Operator[] = [conv, convTranspose];

export interface Convolution {
  readonly window: Window;
  /** Each has its share of the channels, and sees no other. */
  readonly groups: number;
}

/**
 * Read what a convolution does, or the one that a ConvTranspose is the adjoint of.
 *
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if the filters do not fit what they are moved over.
 */
export function readConvolution(application: Application): Convolution {
  const [x, w] = application.inputs as readonly Value[];
  if (x.dtype !== w.dtype) stop(application, 'the types of the elements differ');
  if (x.shape.length !== w.shape.length || x.shape.length < 3)
    stop(application, 'both need as many axes: two, and the spatial ones');
  const { group = 1 } = application.attributes;
  if (!Number.isInteger(group) || Number(group) < 1) stop(application, `group is ${String(group)}`);
  return { window: readWindow(application, w.shape.slice(2)), groups: Number(group) };
}

/** [N, filters, sizes…], if there is no bias that does not fit. */
function resultShape(application: Application, nFilters: number, sizes: readonly Size[]): Shape {
  const [x, , bias] = application.inputs;
  if (bias && (bias.shape.length !== 1 || bias.shape[0] !== nFilters || bias.dtype !== x!.dtype))
    stop(application, `the bias should have ${nFilters} elements, one for each filter`);
  return [x!.shape[0], nFilters, ...sizes];
}

/** What the window covers when it is put down once for each element; pads are cut off. */
function spreadSizes(application: Application, window: Window): readonly number[] {
  const { strides, pads } = window;
  const mode = application.attributes.auto_pad as string | undefined;
  if (mode?.startsWith('SAME')) stop(application, `auto_pad ${mode} has to be written as pads`);
  const zeros = strides.map(() => 0);
  const extra = readList(application, 'output_padding', zeros);
  return knownSizes(application).map((size, axis) => {
    if (extra[axis] >= strides[axis])
      stop(application, `output_padding [${extra.join(', ')}] should be below the strides`);
    const whole = (size - 1) * strides[axis] + extentOf(window, axis) + extra[axis];
    const left = whole - pads[axis] - pads[axis + strides.length];
    return left > 0 ? left : stop(application, `pads [${pads.join(', ')}] leave nothing of axis ${axis}`);
  });
}

export interface ConvOptions extends WindowOptions {
  /** Default: 1. */
  readonly groups?: number;
}

/**
 * y[n, m, p] = b[m] + sum over c, k of w[m, c, k] x[n, c, p strides + k dilations - pads] (a correlation: filters are
 * not flipped).
 *
 * @param x [N, C, spatial…].
 * @param w [M, C / groups, kernel…].
 * @param b [M].
 * @returns [N, M, places…].
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` with all shapes.
 */
export const Conv = (x: Value, w: Value, b?: Value, options: ConvOptions = {}) => {
  const { groups, ...window } = options;
  return applyOne(conv, [x, w, b], { ...window, group: groups });
};

export interface ConvTransposeOptions extends ConvOptions {
  /** Elements added behind each axis, below the stride: tells apart sizes that a strided Conv makes equal. */
  readonly outputPadding?: readonly number[];
}

/**
 * The adjoint of {@link Conv} with the same filters and window: <Conv(x, w), y> = <x, ConvTranspose(y, w)>.
 *
 * @param x [N, C, spatial…].
 * @param w [C, M / groups, kernel…].
 * @param b [M].
 * @returns [N, M, (spatial - 1) stride + (kernel - 1) dilation + 1 + outputPadding - pads…].
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` with all shapes.
 */
export const ConvTranspose = (x: Value, w: Value, b?: Value, options: ConvTransposeOptions = {}) => {
  const { groups, outputPadding, ...window } = options;
  return applyOne(convTranspose, [x, w, b], { ...window, group: groups, output_padding: outputPadding });
};
