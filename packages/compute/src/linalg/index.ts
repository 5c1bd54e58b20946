export * from './algebra.js';
export { largestRowSum, type Band } from './band.js';
export { reduceToBand, type BandReduction } from './band-reduction.js';
export {
  applyReflectors,
  reflectorsIn,
  type BlockReflector,
  type PlacedReflector,
} from './block-reflector.js';
export * from './cholesky.js';
export { symmetricEigen, type SymmetricEigen } from './eigen/symmetric-eigen.js';
export * from './gram.js';
export * from './matrix.js';
export { factorQr, type QrFactors } from './qr.js';
export * from './shifted.js';
export { thinSvd, type ThinSvd } from './svd/thin-svd.js';
export * from './triangular.js';
