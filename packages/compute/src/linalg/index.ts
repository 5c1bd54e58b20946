export * from './algebra.js';
export * from './block-tridiagonal.js';
export * from './matrix.js';
export * from './shifted.js';
