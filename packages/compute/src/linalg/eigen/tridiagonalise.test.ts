import { createLinearAlgebra } from '../algebra.js';
import { BLOCK, reduceToBand } from '../band-reduction.js';
import { applyReflectors } from '../block-reflector.js';
import { gram, largestDifference, slowProduct } from '../__fixtures__/matrices.js';
import { identity, transposed, zeros } from '../matrix.js';
import { applySweeps } from './back-transform.js';
import { tridiagonalise } from './tridiagonalise.js';

describe('tridiagonalise', () => {
  it.each([1, 2, 3, 32, 33, 64, 65, 70, 129])(
    'turns %i rows into T, and A is Q1 Q2 T (Q1 Q2) transposed',
    async (n) => {
      const algebra = createLinearAlgebra();
      const a = await gram(algebra, n, n);
      const { band, reflectors } = await reduceToBand(algebra, a);
      const { diagonal, below, sweeps } = tridiagonalise(band, BLOCK);
      const t = zeros(n, n, 'float64');
      diagonal.forEach((value, i) => (t.data[i * (n + 1)] = value));
      below.forEach((value, i) => (t.data[i * (n + 1) + 1] = t.data[(i + 1) * (n + 1) - 1] = value));
      const q = identity(n);
      await applySweeps(algebra, sweeps, q);
      await applyReflectors(algebra, reflectors, q);
      expect(largestDifference(slowProduct(slowProduct(q, t), transposed(q)).data, a.data)).toBeLessThan(
        1e-12,
      );
      await algebra.dispose();
    },
  );
});
