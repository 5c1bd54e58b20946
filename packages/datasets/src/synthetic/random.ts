// Random numbers. Each purpose has a stream of its own, so that asking for more voxels does not change the images.

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

const PURPOSES = ['scenes', 'early weights', 'late weights', 'noise'] as const;

export interface RandomStream {
  /** In [low, high). */
  uniform(low: number, high: number): number;
  /** A whole number from 0 to count - 1. */
  choice(count: number): number;
  /** Standard normal, by Box and Muller. */
  normal(): number;
}

export function randomStream(seed: number, purpose: (typeof PURPOSES)[number]): RandomStream {
  const generator = xoroshiro128plus(seed);
  for (let jumps = PURPOSES.indexOf(purpose); jumps > 0; jumps--) generator.jump();
  const unit = () => uniformFloat64(generator);
  return {
    uniform: (low, high) => low + (high - low) * unit(),
    choice: (count) => Math.floor(count * unit()),
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
  };
}
