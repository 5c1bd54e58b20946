import fc from 'fast-check';
import { input, listNodes, onnx, type Value } from '../../graph/index.js';
import { evaluateAt, gradientError } from '../__fixtures__/finite-differences.js';
import { gradients } from '../gradient.js';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const terms = fc.array(fc.array(fc.constantFrom(...'ijkl'), { maxLength: 3 }), {
  minLength: 1,
  maxLength: 3,
});
/** Indices that are summed, kept, summed for themselves, or stand twice in an operand. */
const equations = terms.chain((operands) => {
  const letters = [...new Set(operands.flat())];
  const sizes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 });
  return fc.tuple(fc.constant(operands), fc.shuffledSubarray(letters), sizes);
});

describe('the gradient of Einsum', () => {
  it('agrees with finite differences for any equation of one to three operands', async () => {
    await fc.assert(
      fc.asyncProperty(equations, seeds, async ([operands, output, sizes], seed) => {
        const equation = `${operands.map((term) => term.join('')).join(',')}->${output.join('')}`;
        const inputs = operands.map((term) => ({
          shape: term.map((letter) => sizes['ijkl'.indexOf(letter)]),
        }));
        const build = (...values: Value[]) => onnx.Einsum(equation, ...values);
        expect(await gradientError({ inputs, build, seed })).toBeLessThan(1e-7);
      }),
      { numRuns: 40 },
    );
  });

  it('of a sum of a diagonal is the identity matrix', async () => {
    const build = (x: Value) => gradients(onnx.Einsum('ii->', x), [x])[0];
    expect(await evaluateAt(build, { shape: [2, 2], data: [5, 6, 7, 8] })).toEqual([1, 0, 0, 1]);
  });

  it('makes nothing as large as voxels x channels x space of a factorised readout', () => {
    const [maps, masks, weights] = [
      input('maps', [4, 32, 100]),
      input('masks', [50, 100]),
      input('weights', [50, 32]),
    ];
    const y = onnx.Einsum('ncs,vs,vc->nv', maps, masks, weights);
    const pulled = gradients(onnx.ReduceSum(y), [maps, masks, weights]);
    const sizes = listNodes(pulled).map(({ outputs: [{ shape }] }) =>
      shape.reduce((a: number, b) => a * Number(b), 1),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(4 * 50 * 100);
  });
});
