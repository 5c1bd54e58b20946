import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * The order of an epoch: each row once, shuffled anew in every epoch.
 *
 * @param n     Number of rows.
 * @param seed  Same seed and epoch, same order; absent: rows in their own order.
 * @param epoch From 0.
 * @returns [n], a permutation of 0..n-1.
 * @source Fisher & Yates' shuffle; every epoch has a stream of random numbers of its own.
 */
export function epochOrder(n: number, seed: number | undefined, epoch: number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  if (seed === undefined) return order;
  const random = xoroshiro128plus(seed);
  for (let jumps = epoch; jumps > 0; jumps--) random.jump();
  for (let i = n - 1; i > 0; i--) {
    const j = uniformInt(random, 0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
