import { evaluate, input, onnx, scalar, type Value } from '../graph/index.js';
import { operator, applyOne } from '../graph/operator.js';
import { gradients } from './gradient.js';

const vector = (values: number[]) => ({
  dtype: 'float64' as const,
  shape: [values.length],
  data: Float64Array.from(values),
});
const x = input('x', [2], 'float64');
const at = { x: vector([2, -3]) };

async function numbers(value: Value): Promise<number[]> {
  return [...((await evaluate({ value }, at)).value.data as Float64Array)];
}

describe('gradients', () => {
  it('adds up where a value is used more than once', async () => {
    const [g] = gradients(onnx.ReduceSum(onnx.Add(onnx.Mul(x, x), onnx.Sub(x, onnx.Neg(x)))), [x]);
    expect(await numbers(g)).toEqual([2 * 2 + 2, 2 * -3 + 2]);
  });

  it('are zeros where the loss does not depend on a value', async () => {
    const other = input('other', [3], 'float64');
    const [g] = gradients(onnx.ReduceSum(x), [other]);
    expect(await numbers(g)).toEqual([0, 0, 0]);
  });

  it('are zeros behind a step, which is flat', async () => {
    const [g] = gradients(onnx.ReduceSum(onnx.Floor(x)), [x]);
    expect(await numbers(g)).toEqual([0, 0]);
  });

  it('are one for the loss itself', async () => {
    const loss = onnx.ReduceSum(x);
    expect(await numbers(gradients(loss, [loss])[0])).toEqual([1]);
  });

  it('reach a value in the middle as well as what lies before it', async () => {
    const square = onnx.Mul(x, x);
    const [toSquare, toX] = gradients(onnx.ReduceSum(onnx.Mul(square, square)), [square, x]);
    expect(await numbers(toSquare)).toEqual([8, 18]);
    expect(await numbers(toX)).toEqual([4 * 8, 4 * -27]);
  });

  it('can be derived again: x^3 has slope 3 x^2, and that 6 x', async () => {
    const cube = onnx.Pow(x, scalar(3, x));
    const [slope] = gradients(onnx.ReduceSum(cube), [x]);
    const [curvature] = gradients(onnx.ReduceSum(slope), [x]);
    expect(await numbers(slope)).toEqual([12, 27]);
    expect(await numbers(curvature)).toEqual([12, -18]);
  });

  it('can be derived again through a product of matrices', async () => {
    const column = onnx.Reshape(x, [2, 1]);
    const norm = onnx.ReduceSum(onnx.MatMul(onnx.Transpose(column), column));
    const [slope] = gradients(norm, [x]);
    const [curvature] = gradients(onnx.ReduceSum(slope), [x]);
    expect(await numbers(curvature)).toEqual([2, 2]);
  });

  it('weight the elements of what is no scalar by the upstream gradient', async () => {
    const upstream = onnx.Add(scalar(10, x), x);
    expect(await numbers(gradients(onnx.Mul(x, x), [x], upstream)[0])).toEqual([4 * 12, -6 * 7]);
  });

  it('refuse what is no scalar without an upstream gradient', () => {
    expect(() => gradients(x, [x])).toThrow(
      expect.objectContaining({
        code: 'STRIATE_GRAPH_MALFORMED',
        message: expect.stringContaining('float64[2]'),
      }),
    );
  });

  it('name the operator that has no rule, if a wanted value lies behind it', () => {
    const strange = operator('Strange', ([value]) => [value!]);
    const y = onnx.ReduceSum(applyOne(strange, [x]));
    expect(() => gradients(y, [x])).toThrow(
      expect.objectContaining({ code: 'STRIATE_GRADIENT_MISSING', context: { operator: 'Strange' } }),
    );
    expect(() => gradients(y, [input('other', [1])])).not.toThrow();
  });
});
