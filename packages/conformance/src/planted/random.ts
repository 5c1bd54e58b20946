/** A seeded source of numbers. */
export interface Random {
  /** In (0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
}

/**
 * Make a source of numbers from a seed: the kit runs without any package but the contracts.
 * @source xorshift of Marsaglia 2003, doi:10.18637/jss.v008.i14; normal numbers by Box & Muller 1958.
 */
export function randomFrom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  for (let i = 0; i < 16; i++) next(); // neighbouring seeds start alike
  const uniform = () => next() / 2 ** 32;
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/** Standard normal numbers. */
export function normals(random: Random, length: number): Float64Array {
  return Float64Array.from({ length }, () => random.normal());
}

/** The positions 0...length-1 in random order. */
export function shuffledPositions(random: Random, length: number): number[] {
  return Array.from({ length }, (_, position) => ({ position, key: random.uniform() }))
    .sort((a, b) => a.key - b.key)
    .map(({ position }) => position);
}
