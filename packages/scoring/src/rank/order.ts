/** Positions that sort the values in ascending order; equal values keep their order. */
export function orderOf(values: Float64Array): Uint32Array {
  const order = Uint32Array.from(values.keys());
  return order.sort((a, b) => values[a] - values[b]);
}
