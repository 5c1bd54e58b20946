// From the tokens of a text to one vector.

export const POOLINGS = ['mean', 'cls', 'last'] as const;

/** The mean over all tokens, special ones included; or the first; or the last. */
export type Pooling = (typeof POOLINGS)[number];

/**
 * Pool the tokens of a text.
 *
 * @param tokens [token, feature], C order; at least one token.
 * @param width  Features of a token.
 * @returns [feature], in a buffer of its own.
 */
export function poolTokens(tokens: Float32Array, width: number, pooling: Pooling): Float32Array {
  if (pooling === 'cls') return tokens.slice(0, width);
  if (pooling === 'last') return tokens.slice(tokens.length - width);
  const sums = new Float64Array(width);
  for (let i = 0; i < tokens.length; i++) sums[i % width] += tokens[i];
  const nTokens = tokens.length / width;
  return Float32Array.from(sums, (sum) => sum / nTokens);
}

/** Scale a vector to length 1; as torch's `normalize`, one that is shorter than 1e-12 is divided by that. */
export function normalise(vector: Float32Array): Float32Array {
  const squares = vector.reduce((sum, value) => sum + value * value, 0);
  const length = Math.max(Math.sqrt(squares), 1e-12);
  return vector.map((value) => value / length);
}
