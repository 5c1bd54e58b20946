import { constant, evaluate } from '@striate/compute';
import { massOf } from './mass.js';

async function fieldOf(mask: number[], size: readonly [number, number]) {
  const masks = constant('float32', [1, 1, mask.length], Float32Array.from(mask));
  const { x, y, size: spread } = massOf(masks, size);
  const result = await evaluate({ x, y, size: spread });
  return Object.fromEntries(Object.entries(result).map(([name, { data }]) => [name, Number(data[0])]));
}

describe('massOf', () => {
  it('finds a single pixel at its middle, x to the right and y down', async () => {
    const { x, y, size } = await fieldOf([0, 0, 0, 0, 0, 1], [2, 3]);
    expect(x).toBeCloseTo(2 / 3, 6);
    expect(y).toBeCloseTo(1 / 2, 6);
    expect(size).toBeCloseTo(0, 3);
  });

  it('finds two equal pixels half-way, half their distance wide along one axis', async () => {
    const { x, y, size } = await fieldOf([1, 0, 1, 0, 0, 0], [2, 3]);
    expect([x, y]).toEqual([0, -0.5].map((value) => expect.closeTo(value, 6)));
    expect(size).toBeCloseTo(Math.sqrt((2 / 3) ** 2 / 2), 5);
  });

  it('is NaN for a mask of zeros', async () => {
    expect((await fieldOf([0, 0, 0, 0], [2, 2]))['x']).toBeNaN();
  });
});
