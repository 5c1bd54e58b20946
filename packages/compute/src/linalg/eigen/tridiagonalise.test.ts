import { createLinearAlgebra } from '../algebra.js';
import { reduceToBand, BLOCK } from '../block-tridiagonal.js';
import { gram, identity, largestDifference, slowProduct } from '../__fixtures__/matrices.js';
import { transposed, zeros } from '../matrix.js';
import { applyPanels, applySweeps } from './back-transform.js';
import { tridiagonalise } from './tridiagonalise.js';

describe('tridiagonalise', () => {
  it.each([1, 2, 3, 32, 33, 64, 65, 70, 129])(
    'turns %i rows into T, and A is Q1 Q2 T (Q1 Q2) transposed',
    async (n) => {
      const algebra = createLinearAlgebra();
      const a = await gram(algebra, n, n);
      const { panels, ...blocks } = await reduceToBand(algebra, a);
      const { diagonal, below, sweeps } = tridiagonalise(blocks, BLOCK);
      const t = zeros(n, n, 'float64');
      diagonal.forEach((value, i) => (t.data[i * (n + 1)] = value));
      below.forEach((value, i) => (t.data[i * (n + 1) + 1] = t.data[(i + 1) * (n + 1) - 1] = value));
      const q = identity(n);
      await applySweeps(algebra, sweeps, q);
      await applyPanels(algebra, panels, q);
      expect(largestDifference(slowProduct(slowProduct(q, t), transposed(q)).data, a.data)).toBeLessThan(
        1e-12,
      );
      await algebra.dispose();
    },
  );
});
