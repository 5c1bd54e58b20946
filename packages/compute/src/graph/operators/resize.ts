// Resizing along axes, by nearest neighbours or by linear interpolation.

import { applyOne, operator, type Attributes, type Operator } from '../operator.js';
import { normaliseAxes, readNumbers, refuse } from '../shape.js';
import { constant, integers, type Value } from '../value.js';

const resize = operator(
  'Resize',
  (inputs, attributes) => {
    const x = inputs[0]!;
    const { mode = 'nearest', keep_aspect_ratio_policy: policy = 'stretch' } = attributes;
    if (policy !== 'stretch') refuse('Resize', inputs, `the policy ${String(policy)} is not known here`);
    if (!['nearest', 'linear', 'cubic'].includes(String(mode)))
      refuse('Resize', inputs, `mode ${String(mode)} is not known`);
    const shape = [...x.shape];
    for (const { axis, nTo } of readResizing(inputs, attributes)) shape[axis] = nTo;
    return [{ dtype: x.dtype, shape }];
  },
  {
    ...{ mode: 'string', coordinate_transformation_mode: 'string', nearest_mode: 'string', axes: 'ints' },
    ...{ keep_aspect_ratio_policy: 'string', antialias: 'int', cubic_coeff_a: 'float' },
    ...{ exclude_outside: 'int', extrapolation_value: 'float' },
  },
);

export const resizeOperators: readonly Operator[] = [resize];

/** An axis that changes: to a size, or by a factor, which need not be the ratio of the sizes. */
export interface Resizing {
  readonly axis: number;
  readonly nFrom: number;
  readonly nTo: number;
  readonly factor?: number;
}

/**
 * Read which axes change, and how.
 *
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if there is not one factor, or one size, for each axis.
 */
export function readResizing(
  inputs: readonly (Value | undefined)[],
  { axes }: Attributes,
): readonly Resizing[] {
  const [x, , scales, sizes] = inputs;
  const named = axes ? normaliseAxes('Resize', x!, axes as readonly number[]) : [...x!.shape.keys()];
  const [factors, targets] = [scales, sizes].map((value) => (value ? readNumbers('Resize', value) : []));
  if (factors.length + targets.length !== named.length || Math.min(factors.length, targets.length) > 0)
    refuse('Resize', inputs, `${named.length} axes need as many factors, or as many sizes`);
  return named.flatMap((axis, i): Resizing[] => {
    const [nFrom, factor] = [x!.shape[axis], factors[i]];
    if (factor === 1 || targets[i] === nFrom) return [];
    if (typeof nFrom !== 'number')
      refuse('Resize', inputs, `the size "${nFrom}" has to be known to resize it`);
    const nTo = targets[i] ?? Math.floor(nFrom * factor);
    if (!(nTo >= 1)) refuse('Resize', inputs, `axis ${axis} would have ${nTo}`);
    return [{ axis, nFrom, nTo, factor }];
  });
}

/** To which place of the input a place of the output belongs, n being their numbers of places. */
export type Coordinates =
  /** (place + 0.5) / scale - 0.5: sizes are those of areas. */
  | 'half_pixel'
  /** The same; 0 if there is one place. */
  | 'pytorch_half_pixel'
  /** place (n input - 1) / (n output - 1): first falls on first, last on last. */
  | 'align_corners'
  /** place / scale. */
  | 'asymmetric';

export type Rounding = 'round_prefer_floor' | 'round_prefer_ceil' | 'floor' | 'ceil';

export interface ResizeOptions {
  /** New sizes, or factors, one for each axis. */
  readonly to: { readonly sizes: readonly number[] } | { readonly scales: readonly number[] };
  /** Default: all. */
  readonly axes?: readonly number[];
  /** Default: nearest. */
  readonly mode?: 'nearest' | 'linear';
  /** Default: half_pixel. */
  readonly coordinates?: Coordinates;
  /** Which neighbour is the nearest. Default: round_prefer_floor. */
  readonly rounding?: Rounding;
}

/**
 * Resize x along axes; beyond the first and the last place it goes on as it is there.
 *
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if there is not one size or factor for each axis.
 * @remarks ONNX Runtime's linear kernel resizes at most the two (of five axes: three) spatial axes at once.
 */
export const Resize = (x: Value, { to, axes, mode, coordinates, rounding }: ResizeOptions) => {
  const sizes = 'sizes' in to ? integers(to.sizes) : undefined;
  const scales =
    'scales' in to ? constant('float32', [to.scales.length], Float32Array.from(to.scales)) : undefined;
  const modes = { coordinate_transformation_mode: coordinates, nearest_mode: rounding };
  return applyOne(resize, [x, undefined, scales, sizes], { mode, axes, ...modes });
};
