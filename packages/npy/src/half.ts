// IEEE 754 half precision, which Node 20 has no typed array for.

/**
 * Widen half-precision values, exactly.
 *
 * @param bits One value per 16 bits.
 * @param into Where to write, same length.
 */
export function widenHalf(bits: Uint16Array, into: Float32Array | Float64Array): void {
  for (let i = 0; i < bits.length; i++) into[i] = halfToNumber(bits[i]);
}

/** (-1)^sign 2^(exponent-15) (1 + fraction/1024); subnormal below exponent 1, infinite or NaN at 31. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
