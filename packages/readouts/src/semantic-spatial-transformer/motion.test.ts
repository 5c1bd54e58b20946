import { constant, evaluate } from '@striate/compute';
import { countNumbers, departuresOf, restingNumbers, type Motion } from './motion.js';

/** A = 1 + departure of one thing. */
async function transform(motion: Motion, numbers: readonly number[]): Promise<number[]> {
  const given = constant('float32', [1, 1, numbers.length], Float32Array.from(numbers));
  const { departure } = await evaluate({ departure: departuresOf(given, motion) });
  expect(departure.shape).toEqual([1, 1, 2, 3]);
  const identity = [1, 0, 0, 0, 1, 0];
  return Array.from(departure.data as Float32Array, (value, i) => value + identity[i]);
}

const closeTo = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 6));

describe('departuresOf', () => {
  it.each<[string, Motion, number[], number[]]>([
    ['translation by (x, y)', ['translation'], [0.5, -2], [1, 0, 0.5, 0, 1, -2]],
    ['rotation by an angle', ['rotation'], [Math.PI / 2], [0, -1, 0, 1, 0, 0]],
    ['scale by exponentials along x and y', ['scale'], [Math.log(2), Math.log(3)], [2, 0, 0, 0, 3, 0]],
    ['shear in x per y', ['shear'], [0.25], [1, 0.25, 0, 0, 1, 0]],
    [
      'rotation after scale, in whatever order they are listed',
      ['scale', 'rotation'],
      [Math.log(2), Math.log(3), Math.PI / 2],
      [0, -3, 0, 2, 0, 0],
    ],
    ['shear after scale', ['shear', 'scale'], [0.5, 0, Math.log(4)], [1, 2, 0, 0, 4, 0]],
    [
      'translation last: rotation does not turn it',
      ['translation', 'rotation'],
      [0.5, 1, Math.PI],
      [-1, 0, 0.5, 0, -1, 1],
    ],
  ])('makes %s', async (_, motion, numbers, expected) => {
    expect(numbers).toHaveLength(countNumbers(motion));
    expect(await transform(motion, numbers)).toEqual(closeTo(expected));
  });

  it('takes six numbers for how far the transform itself is from the identity', async () => {
    expect(await transform('affine', [1, 2, 3, 4, 5, 6])).toEqual([2, 2, 3, 4, 6, 6]);
  });

  it.each<[Motion]>([
    [['translation']],
    [['rotation']],
    [['scale']],
    [['shear']],
    [['rotation', 'translation']],
    ['affine'],
  ])('leaves things where they are for zeros: %s', async (motion) => {
    const zeros = Array.from({ length: countNumbers(motion) }, () => 0);
    expect(await transform(motion, zeros)).toEqual([1, 0, 0, 0, 1, 0]);
  });

  it('reaches every affine transform that mirrors nothing with all four parts', async () => {
    // [2 1; 1 3] = R H S: its first column has length sqrt(5) and the angle atan(1/2); its determinant is 5.
    const all: Motion = ['rotation', 'shear', 'scale', 'translation'];
    const [sx, sy] = [Math.sqrt(5), 5 / Math.sqrt(5)];
    const angle = Math.atan2(1, 2);
    const shear = (Math.cos(angle) * 1 + Math.sin(angle) * 3) / sy;
    const numbers = [angle, shear, Math.log(sx), Math.log(sy), 7, 8];
    expect(await transform(all, numbers)).toEqual(closeTo([2, 1, 7, 1, 3, 8]));
  });
});

describe('restingNumbers', () => {
  it('are the identity for affine transforms, and zeros for restricted ones', () => {
    expect(restingNumbers('affine')).toEqual([1, 0, 0, 0, 1, 0]);
    expect(restingNumbers(['scale', 'shear'])).toEqual([0, 0, 0]);
  });
});
