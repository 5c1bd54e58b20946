import { factorCholesky, gramMatrix, solveTriangular, symmetricEigen, thinSvd } from '@striate/compute';

/** From X, uniform in -1..1, and A = X' X / n + I. */
export const OPERATIONS = {
  gram: (algebra, { x }) => gramMatrix(algebra, x),
  cholesky: (algebra, { a }) => factorCholesky(algebra, a),
  triangular: (algebra, { a, x }) => solveTriangular(algebra, a, x),
  eigen: (algebra, { a }) => symmetricEigen(algebra, a),
  svd: (algebra, { x }) => thinSvd(algebra, x),
};

const both = (name) =>
  ['float64', 'float32'].flatMap((precision) => [1000, 2000].map((n) => ({ name, n, precision })));

export const TASKS = [
  ...both('gram'),
  ...both('cholesky'),
  ...both('triangular'),
  { name: 'eigen', n: 1000, precision: 'float64' },
  { name: 'eigen', n: 2000, precision: 'float64' },
  { name: 'svd', n: 1000, precision: 'float64' },
];
