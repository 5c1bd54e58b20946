import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** The positions 0 ... n - 1 in random order. */
export function shuffled(n: number, seed: number): Int32Array {
  const generator = xoroshiro128plus(seed);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(uniformFloat64(generator) * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
