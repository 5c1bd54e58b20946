import type { LinearAlgebra } from '../algebra.js';
import { matrix } from '../matrix.js';
import { merge, type Eigenpairs } from './merge.js';

/**
 * Eigenpairs of a symmetric tridiagonal matrix, by divide and conquer.
 *
 * @param diagonal [n].
 * @param below    [n - 1].
 * @remarks At most 4/3 n^3 operations, in products; fewer the more eigenvalues lie close together.
 * @source Cuppen 1981, doi:10.1007/BF01396757.
 */
export async function solveTridiagonal(
  algebra: LinearAlgebra,
  diagonal: Float64Array,
  below: Float64Array,
): Promise<Eigenpairs> {
  const rest = diagonal.slice();
  const solve = async (start: number, end: number): Promise<Eigenpairs> => {
    if (end - start === 1)
      return { values: rest.slice(start, end), vectors: matrix(1, 1, Float64Array.of(1)) };
    const middle = (start + end) >> 1;
    const coupling = below[middle - 1];
    rest[middle - 1] -= Math.abs(coupling);
    rest[middle] -= Math.abs(coupling);
    return merge(algebra, await solve(start, middle), await solve(middle, end), coupling);
  };
  return solve(0, diagonal.length);
}
