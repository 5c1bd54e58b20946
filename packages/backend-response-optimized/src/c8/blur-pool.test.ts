import { constant, evaluate, type Tensor } from '@striate/compute';
import { uniformNumbers } from './__fixtures__/turned.js';
import { blurPool, type BlurPoolOptions } from './blur-pool.js';

async function pool({ shape, data }: Tensor, options: BlurPoolOptions): Promise<Tensor> {
  const { y } = await evaluate({ y: blurPool(constant('float32', shape, data as Float32Array), options) });
  return y;
}

const image = (height: number, width: number, at: (row: number, column: number) => number): Tensor => ({
  ...{ dtype: 'float32', shape: [1, 1, height, width] },
  data: Float32Array.from({ length: height * width }, (_, i) => at(Math.floor(i / width), i % width)),
});

describe('blurPool', () => {
  it('spreads a point as a Gaussian whose weights sum to 1', async () => {
    const { data } = await pool(
      image(7, 7, (i, j) => Number(i === 3 && j === 3)),
      { stride: 1, sigma: 0.8 },
    );
    const spread = data as Float32Array;
    expect(spread.reduce((sum, value) => sum + value)).toBeCloseTo(1, 6);
    const ratio = Math.exp(-1 / (2 * 0.8 ** 2));
    expect(spread[3 * 7 + 4] / spread[3 * 7 + 3]).toBeCloseTo(ratio, 6);
    expect(spread[4 * 7 + 4] / spread[3 * 7 + 3]).toBeCloseTo(ratio ** 2, 6);
    expect(spread[3 * 7 + 6]).toBe(0); // three pixels off
  });

  it('leaves a constant as it is, but at the border, beyond which there are zeros', async () => {
    const { shape, data } = await pool(
      image(9, 9, () => 2),
      { stride: 2 },
    );
    expect(shape).toEqual([1, 1, 5, 5]);
    expect(Number(data[2 * 5 + 2])).toBeCloseTo(2, 6);
    expect(Number(data[0])).toBeLessThan(1.5);
  });

  it('takes every second pixel of what a stride of 1 gives, each channel by itself', async () => {
    const x = uniformNumbers([2, 3, 7, 6], 1);
    const [all, half] = [await pool(x, { stride: 1 }), await pool(x, { stride: 2 })];
    expect(half.shape).toEqual([2, 3, 4, 3]);
    for (let at = 0; at < half.data.length; at++) {
      const [channel, row, column] = [Math.floor(at / 12), Math.floor((at % 12) / 3), at % 3];
      expect(Number(half.data[at])).toBeCloseTo(Number(all.data[channel * 42 + 2 * row * 6 + 2 * column]), 6);
    }
  });

  it('removes stripes that the kept pixels would alias', async () => {
    const { data } = await pool(
      image(9, 9, (_, j) => (j % 2 === 0 ? 1 : -1)),
      { stride: 2 },
    );
    // 1 - 2 (g_1 - g_2 + ...) of the Gaussian's weights: the response to the highest frequency
    expect(Math.abs(Number(data[2 * 5 + 2]))).toBeLessThan(0.3);
  });
});
