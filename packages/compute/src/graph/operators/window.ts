// Windows that slide along the spatial axes (those behind N and C): strides, pads and dilations as plain numbers,
// whatever a file leaves to ONNX's defaults or to `auto_pad`.

import type { Attributes } from '../operator.js';
import { refuse } from '../shape.js';
import type { Shape, Size, Value } from '../value.js';

/** One entry per spatial axis. */
export interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Zeros before each axis, then zeros behind each. */
  readonly pads: readonly number[];
}

export interface WindowOptions {
  /** Default: 1 along every axis. */
  readonly strides?: readonly number[];
  /** Zeros before each axis, then zeros behind each (ONNX's order). Default: none. */
  readonly pads?: readonly number[];
  /** Distance between neighbouring taps. Default: 1 along every axis. */
  readonly dilations?: readonly number[];
}

/** An operator with what it is applied to: what is read from, and what messages show. */
export interface Application {
  readonly operator: string;
  readonly inputs: readonly (Value | undefined)[];
  readonly attributes: Attributes;
}

/** The kinds of the attributes that describe a window. */
export const WINDOW_ATTRIBUTES = {
  auto_pad: 'string',
  dilations: 'ints',
  kernel_shape: 'ints',
  pads: 'ints',
  strides: 'ints',
} as const;

/** What a window covers along an axis: (kernel - 1) dilation + 1. */
export function extentOf({ kernel, dilations }: Window, axis: number): number {
  return (kernel[axis] - 1) * dilations[axis] + 1;
}

/**
 * Read the window that an operator looks through.
 *
 * @param kernel Its taps along each axis.
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if a list has the wrong length, or if a size that is needed is a name.
 */
export function readWindow(application: Application, kernel: Shape): Window {
  const sizes = kernel.map((size) =>
    typeof size === 'number' ? size : stop(application, `the size "${size}" of the window has to be known`),
  );
  const stated = application.attributes.kernel_shape as readonly number[] | undefined;
  if (stated && stated.join() !== sizes.join()) stop(application, `kernel_shape says [${stated.join(', ')}]`);
  const ones = sizes.map(() => 1);
  const window = {
    kernel: sizes,
    strides: readList(application, 'strides', ones),
    dilations: readList(application, 'dilations', ones),
    pads: readList(application, 'pads', [...sizes, ...sizes].fill(0)),
  };
  return { ...window, pads: padsOf(application, window) };
}

/** A list of the attributes: as many whole numbers as the default has, none below the default. */
export function readList(
  application: Application,
  name: string,
  otherwise: readonly number[],
): readonly number[] {
  const list = (application.attributes[name] as readonly number[] | undefined) ?? otherwise;
  const isFit = list.every((value, i) => Number.isInteger(value) && value >= otherwise[i]);
  if (!isFit || list.length !== otherwise.length)
    stop(
      application,
      `${name} [${list.join(', ')}] should be ${otherwise.length} numbers from ${otherwise[0]}`,
    );
  return list;
}

/** `SAME_…`: as many zeros as keep ceil(size / stride) places; an odd one goes behind (`UPPER`) or before (`LOWER`). */
function padsOf(application: Application, window: Window): readonly number[] {
  const { auto_pad: mode = 'NOTSET' } = application.attributes;
  if (mode === 'NOTSET') return window.pads;
  if (mode === 'VALID') return window.pads.map(() => 0);
  const totals = knownSizes(application).map((size, axis) => {
    const covered = (Math.ceil(size / window.strides[axis]) - 1) * window.strides[axis];
    return Math.max(0, covered + extentOf(window, axis) - size);
  });
  const before = totals.map((total) =>
    mode === 'SAME_LOWER' ? Math.ceil(total / 2) : Math.floor(total / 2),
  );
  return [...before, ...totals.map((total, axis) => total - before[axis])];
}

/** The sizes behind N and C, as numbers. */
export function knownSizes(application: Application): readonly number[] {
  return application.inputs[0]!.shape.slice(2).map((size) =>
    typeof size === 'number' ? size : stop(application, `the size "${size}" has to be known here`),
  );
}

/**
 * Count the places where a window fits, along each axis.
 *
 * @remarks Sizes that are names stay, if the window leaves all of them as they are.
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if the window fits nowhere.
 */
export function countPlaces(application: Application, window: Window): readonly Size[] {
  const { strides, pads } = window;
  const lost = strides.map(
    (_, axis) => extentOf(window, axis) - 1 - pads[axis] - pads[axis + strides.length],
  );
  if (strides.every((stride, axis) => stride === 1 && lost[axis] === 0))
    return application.inputs[0]!.shape.slice(2);
  return knownSizes(application).map((size, axis) =>
    size > lost[axis]
      ? Math.floor((size - lost[axis] - 1) / strides[axis]) + 1
      : stop(application, `the window is longer than spatial axis ${axis}, pads included`),
  );
}

/** Stop building, and show all inputs. */
export function stop({ operator, inputs }: Application, reason: string): never {
  return refuse(operator, inputs, reason);
}
