export * from './algebra.js';
export * from './block-tridiagonal.js';
export * from './cholesky.js';
export { symmetricEigen, type SymmetricEigen } from './eigen/symmetric-eigen.js';
export * from './gram.js';
export * from './matrix.js';
export * from './shifted.js';
export * from './triangular.js';
