// Eigenvalues of a diagonal matrix plus one of rank one, D + rho z z': the roots of
// f(x) = 1 / rho + sum_i z_i^2 / (d_i - x), one between each two neighbouring d and one above the last.

export interface SecularProblem {
  /** Ascending, no two the same. */
  readonly d: Float64Array;
  /** No element is zero. */
  readonly z: Float64Array;
  /** Positive. */
  readonly rho: number;
}

export interface SecularRoot {
  /** The root is d[origin] + offset: kept apart, the distance to the nearest d has all its digits. */
  readonly origin: number;
  readonly offset: number;
}

const EPSILON = 2 ** -53;
/** About five are taken; this many would be enough by halving alone. */
const MOST_STEPS = 200;

/**
 * Find the root between d[index] and the next (or above the last).
 *
 * The terms from below and those from above are each replaced by a single fraction of the same value and slope here
 * ("the middle way"); the root of what comes out is the next point. Where it leaves the interval that is known to
 * hold the root, the interval is halved instead.
 *
 * @source R.-C. Li 1993, Solving secular equations stably and efficiently (LAPACK working note 89).
 */
export function solveSecular(problem: SecularProblem, index: number): SecularRoot {
  const start = startSecular(problem, index);
  const { origin, left, right } = start;
  let { low, high, offset } = start;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { value, slopeBelow, slopeAbove, error } = evaluate(problem, index, origin, offset);
    if (Math.abs(value) <= error) break;
    if (value < 0) low = offset;
    else high = offset;
    const [toLeft, toRight] = [left - offset, right - offset];
    const move = smallerRoot(
      value - toLeft * slopeBelow - toRight * slopeAbove,
      (toLeft + toRight) * value - toLeft * toRight * (slopeBelow + slopeAbove),
      toLeft * toRight * value,
    );
    const next = between(low, high, offset + move);
    if (Math.abs(next - offset) <= EPSILON * Math.abs(offset)) break;
    offset = next;
  }
  return { origin, offset };
}

interface Start {
  readonly origin: number;
  /** Offsets of the poles on both sides; above the last d, of the bound that no root exceeds. */
  readonly left: number;
  readonly right: number;
  /** Offsets between which the root is. */
  readonly low: number;
  readonly high: number;
  readonly offset: number;
}

/** The sign of f half-way says which d is nearer; its two neighbouring terms as they are, and the rest as there, give a first guess. */
function startSecular(problem: SecularProblem, index: number): Start {
  const { d, z, rho } = problem;
  const isLast = index === d.length - 1;
  const gap = isLast ? rho * z.reduce((sum, value) => sum + value * value, 0) : d[index + 1] - d[index];
  const half = gap / 2;
  const middle = evaluate(problem, index, index, half).value;
  const below = z[index] * z[index];
  const above = isLast ? 0 : z[index + 1] * z[index + 1];
  const rest = middle + (below - above) / half;
  const isLeft = middle >= 0;
  const origin = isLeft || isLast ? index : index + 1;
  const left = origin === index ? 0 : -gap;
  const right = left + gap;
  const [low, high] = isLeft ? [left, left + half] : [left + half, right];
  const guess = smallerRoot(
    rest,
    rest * (left + right) + below + above,
    rest * left * right + below * right + above * left,
  );
  return { origin, left, right, low, high, offset: between(low, high, guess) };
}

/** A point if it is inside an interval; else the middle of that. */
function between(low: number, high: number, point: number): number {
  return point > low && point < high ? point : (low + high) / 2;
}

/** The smaller root of c x^2 - a x + b for c > 0 (the larger for c < 0), without cancellation. */
function smallerRoot(c: number, a: number, b: number): number {
  const root = Math.sqrt(Math.abs(a * a - 4 * b * c));
  return a <= 0 ? (a - root) / (2 * c) : (2 * b) / (a + root);
}

interface Evaluation {
  readonly value: number;
  /** Of the terms up to the root, and of those above it. */
  readonly slopeBelow: number;
  readonly slopeAbove: number;
  /** What rounding may have done to the value. */
  readonly error: number;
}

/** f and its slopes at d[origin] + offset; small terms first. */
function evaluate({ d, z, rho }: SecularProblem, index: number, origin: number, offset: number): Evaluation {
  const base = d[origin];
  let [below, slopeBelow, above, slopeAbove, sums] = [0, 0, 0, 0, 0];
  for (let i = 0; i <= index; i++) {
    const ratio = z[i] / (d[i] - base - offset);
    below += z[i] * ratio;
    slopeBelow += ratio * ratio;
    sums -= below;
  }
  for (let i = d.length - 1; i > index; i--) {
    const ratio = z[i] / (d[i] - base - offset);
    above += z[i] * ratio;
    slopeAbove += ratio * ratio;
    sums += above;
  }
  const size = 8 * (above - below) + sums + 1 / rho + Math.abs(offset) * (slopeBelow + slopeAbove);
  return { value: 1 / rho + below + above, slopeBelow, slopeAbove, error: EPSILON * size };
}
