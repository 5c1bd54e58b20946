import { constant, evaluate, input, listLeaves, onnx, parameter, substitute } from './index.js';

const vector = (...values: number[]) => constant('float32', [values.length], Float32Array.from(values));
const x = input('x', [2]);

async function numbers(value: ReturnType<typeof vector>): Promise<number[]> {
  return [...((await evaluate({ value })).value.data as Float32Array)];
}

describe('substitute', () => {
  it('puts a value where another was, through every node behind it', async () => {
    const square = onnx.Mul(x, x);
    const [sum, doubled] = substitute([onnx.Add(square, x), onnx.Add(x, x)], new Map([[x, vector(2, 3)]]));
    expect(await numbers(sum)).toEqual([6, 12]);
    expect(await numbers(doubled)).toEqual([4, 6]);
  });

  it('replaces a value in the middle, and what only it needed is gone', async () => {
    const middle = onnx.Neg(x);
    const [y] = substitute([onnx.Abs(middle)], new Map([[middle, vector(-5, 6)]]));
    expect(await numbers(y)).toEqual([5, 6]);
    expect(listLeaves([y])).not.toContain(x);
  });

  it('shares what no replacement reaches, and leaves the old graph as it was', () => {
    const apart = onnx.Exp(vector(0, 1));
    const sum = onnx.Add(apart, x);
    const [replaced] = substitute([sum], new Map([[x, vector(1, 1)]]));
    expect(substitute([apart], new Map([[x, vector(1, 1)]]))).toEqual([apart]);
    expect(replaced).not.toBe(sum);
    expect(listLeaves([sum])).toContain(x);
  });

  it('returns the replacement of an output itself', () => {
    const other = vector(1, 2);
    expect(substitute([x], new Map([[x, other]]))).toEqual([other]);
  });

  it('refuses another type, and shows both', () => {
    const weights = parameter('w', { dtype: 'float32', shape: [2], data: new Float32Array(2) });
    expect(() => substitute([weights], new Map([[weights, vector(1)]]))).toThrow(
      expect.objectContaining({
        code: 'STRIATE_GRAPH_MALFORMED',
        message: expect.stringMatching(/float32\[1\].*float32\[2\]/),
      }),
    );
  });
});
