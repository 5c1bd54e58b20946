/**
 * Widen half-precision floats (IEEE 754 binary16), exactly.
 *
 * @param bits One number per value; a runtime with half-precision arrays of its own may hand over those.
 */
export function widenHalves(bits: ArrayLike<number>): Float32Array {
  return bits instanceof Uint16Array ? Float32Array.from(bits, widenHalf) : Float32Array.from(bits);
}

function widenHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
