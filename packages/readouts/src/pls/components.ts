// Components, one after the other. A direction w of features is found, its score is taken from features and responses, and what
// is left is searched again. Nothing is taken from the matrices: vectors are deflated before and after they meet them.
//
// With R = [r_1 ... r_k] the directions whose scores t = X r are orthonormal, and L = X'X R, what is left of the covariance is
// D C, D = I - L R' (R'L = I). In coordinates (`form.ts`), D takes c to c - sum l (H r . c), and D' takes h to h - sum H r (l . h).

import type { Matrix } from '@striate/compute';
import { aborted } from '@striate/contracts';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { findDominant, type Direction, type Operator } from './dominant.js';
import type { Form } from './form.js';
import { addScaled, columnsAsMatrix, dot } from './vectors.js';

type Matrix64 = Matrix<Float64Array>;

export interface Components {
  /** R, [coordinate, component]. */
  readonly rotations: Matrix64;
  /** L, [coordinate, component]. */
  readonly loadings: Matrix64;
  /** How many were taken before they had converged. */
  readonly nUnconverged: number;
}

/** r, l = X'X r, and H r. */
interface Component {
  readonly r: Float64Array;
  readonly l: Float64Array;
  readonly hr: Float64Array;
}

export interface Search {
  /** Components wanted. */
  readonly count: number;
  /** Of the random directions that searches start from. */
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Find the components of partial least squares regression (PLS2), one after the other: each is the direction w, |w| = 1, whose
 * score t = X w covaries most with the responses, |Y't|^2, X and Y being what earlier scores have left of them.
 *
 * @returns As many as were wanted, or as there are.
 * @throws {CapabilityError} `STRIATE_ABORTED`.
 * @source Rosipal & Trejo 2001, JMLR 2:97 (kernel form); Dayal & MacGregor 1997,
 *   doi:10.1002/(SICI)1099-128X(199701)11:1<73::AID-CEM435>3.0.CO;2-# (primal form). Both are the components of NIPALS, Wold 1975.
 */
export async function findComponents(
  form: Form,
  { count, seed, signal, onProgress }: Search,
): Promise<Components> {
  const found: Component[] = [];
  const operator = deflated(form, found);
  const generator = xoroshiro128plus(seed);
  let nUnconverged = 0;
  while (found.length < count) {
    if (signal?.aborted) throw aborted('Fitting pls');
    const start = Float64Array.from({ length: form.size }, () => uniformFloat64(generator) - 0.5);
    const direction = await findDominant(operator, start);
    if (!direction || !(direction.covariance > form.rounding.covariance)) break;
    const component = await componentAlong(form, found, direction);
    if (!component) break;
    found.push(component);
    nUnconverged += Number(!direction.isConverged);
    onProgress?.(found.length / count);
  }
  const asMatrix = (pick: (component: Component) => Float64Array) =>
    columnsAsMatrix(form.size, found.map(pick));
  return { rotations: asMatrix(({ r }) => r), loadings: asMatrix(({ l }) => l), nUnconverged };
}

/** C C' of what earlier components have left. */
function deflated(form: Form, found: readonly Component[]): Operator {
  return {
    async covary(h) {
      const left = h.slice();
      for (const { l, hr } of found) addScaled(left, hr, -dot(l, left));
      return deflate(await form.covary(left), found);
    },
    image: (c) => form.image(c),
  };
}

/** D c, in place. */
function deflate(c: Float64Array, found: readonly Component[]): Float64Array {
  for (const { l, hr } of found) addScaled(c, l, -dot(hr, c));
  return c;
}

/** The component of a direction; undefined where the features do not vary along it by more than rounding. */
async function componentAlong(
  form: Form,
  found: readonly Component[],
  { c, h }: Direction,
): Promise<Component | undefined> {
  const r = c.slice();
  for (const earlier of found) addScaled(r, earlier.r, -dot(earlier.l, h));
  const l = deflate(await form.vary(c), found);
  if (!(dot(l, l) > form.rounding.variance ** 2 * dot(c, c))) return undefined;
  const norm = Math.sqrt(dot(form.isKernel ? l : r, l));
  const [unitR, unitL] = [r, l].map((vector) => vector.map((value) => value / norm));
  return { r: unitR, l: unitL, hr: form.isKernel ? unitL : unitR };
}
