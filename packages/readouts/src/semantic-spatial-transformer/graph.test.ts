import { constant, evaluate, randomFrom, type Tensor, type Value } from '@striate/compute';
import { factorizedReadout } from '../factorized/graph.js';
import { transformerReadout, transformsOf, type Mover, type TransformerWeights } from './graph.js';
import { countNumbers, restingNumbers, type Motion } from './motion.js';

const floats = (shape: readonly number[], values: readonly number[]) =>
  constant('float32', shape, Float32Array.from(values));
const given = ({ shape, data }: Tensor) => constant('float32', shape, data as Float32Array);

async function numbers(y: Value): Promise<number[]> {
  return Array.from((await evaluate({ y })).y.data as Float32Array);
}

/** Moves nothing by itself: descriptor -> hidden -> 0, plus the same numbers for all images. */
function fixedMover(nThings: number, numbersOfEach: readonly number[], motion: Motion = 'affine'): Mover {
  const count = nThings * numbersOfEach.length;
  const zeros = (shape: readonly number[]) => floats(shape, Array(shape[0] * (shape[1] ?? 1)).fill(0));
  return {
    ...{ w0: zeros([3, 2]), b0: zeros([3]), w1: zeros([count, 3]), motion },
    b1: floats([count], Array.from({ length: nThings }, () => numbersOfEach).flat()),
  };
}

const descriptorOf = (batch: number) => floats([batch, 2], Array(batch * 2).fill(1));

/** One image of one channel, 1 x 3 pixels; one voxel that looks at the middle one. */
const LINE = floats([1, 1, 1, 3], [3, 5, 7]);
const MIDDLE = {
  spatial: floats([1, 1, 3], [0, 1, 0]),
  features: floats([1, 1], [2]),
  bias: floats([1], [1]),
};
/** What stood at p + 1 pixel stands at p. */
const LEFT = [1, 0, 2 / 3, 0, 1, 0];

const readLine = (movers: Pick<TransformerWeights, 'voxelMover' | 'channelMover'>) =>
  numbers(transformerReadout(LINE, descriptorOf(1), { ...MIDDLE, ...movers }));
const closeTo = (value: number) => [expect.closeTo(value, 4)];

describe('transformerReadout', () => {
  it('looks where its mask has moved', async () => {
    expect(await readLine({})).toEqual(closeTo(2 * 5 + 1));
    expect(await readLine({ voxelMover: fixedMover(1, LEFT) })).toEqual(closeTo(2 * 3 + 1));
  });

  it('sees what has moved to where it looks', async () => {
    expect(await readLine({ channelMover: fixedMover(1, LEFT) })).toEqual(closeTo(2 * 7 + 1));
  });

  it('sees the same when map and mask move together', async () => {
    const mover = fixedMover(1, LEFT);
    expect(await readLine({ voxelMover: mover, channelMover: mover })).toEqual(closeTo(2 * 5 + 1));
  });

  it('sees nothing when its mask has left the map', async () => {
    expect(await readLine({ voxelMover: fixedMover(1, [9, 0], ['translation']) })).toEqual(closeTo(1));
  });

  it('moves each mask by its own numbers, other in each image', async () => {
    // descriptor 1 or 0 -> one hidden unit -> translation of the first voxel by two thirds of it, of the second by none.
    const mover: Mover = {
      ...{ w0: floats([1, 1], [1]), b0: floats([1], [0]), motion: ['translation'] },
      w1: floats([4, 1], [2 / 3, 0, 0, 0]),
      b1: floats([4], [0, 0, 0, 0]),
    };
    const y = transformerReadout(floats([2, 1, 1, 3], [3, 5, 7, 3, 5, 7]), floats([2, 1], [1, 0]), {
      spatial: floats([2, 1, 3], [0, 1, 0, 0, 1, 0]),
      features: floats([2, 1], [1, 1]),
      bias: floats([2], [0, 0]),
      voxelMover: mover,
    });
    expect(await numbers(y)).toEqual([3, 5, 5, 5].map((value) => expect.closeTo(value, 4)));
  });

  const random = randomFrom(1);
  const map = given(random.normal([3, 4, 5, 6], 1));
  const weights = {
    spatial: given(random.uniform([7, 5, 6], 0, 1)),
    features: given(random.normal([7, 4], 1)),
    bias: given(random.normal([7], 1)),
  };
  const still = (nThings: number, motion?: Motion) =>
    fixedMover(nThings, restingNumbers(motion ?? 'affine'), motion);

  it.each<[string, Pick<TransformerWeights, 'voxelMover' | 'channelMover'>]>([
    ['nothing moves', {}],
    ['masks rest', { voxelMover: still(7) }],
    ['maps rest', { channelMover: still(4) }],
    ['both rest', { voxelMover: still(7), channelMover: still(4) }],
    ['restricted masks rest', { voxelMover: still(7, ['rotation', 'scale']) }],
  ])('is the factorised readout where %s', async (_, movers) => {
    const y = await numbers(transformerReadout(map, descriptorOf(3), { ...weights, ...movers }));
    const expected = await numbers(factorizedReadout(map, weights));
    expect(y).toEqual(expected.map((value) => expect.closeTo(value, 4)));
  });
});

describe('transformsOf', () => {
  it('is [batch, thing, 2, 3], the identity for numbers that rest', async () => {
    const motion: Motion = ['shear', 'translation'];
    expect(countNumbers(motion)).toBe(3);
    const theta = transformsOf(descriptorOf(2), fixedMover(3, [0, 0, 0], motion));
    expect(theta.shape).toEqual([2, 3, 2, 3]);
    expect(await numbers(theta)).toEqual(Array.from({ length: 6 }, () => [1, 0, 0, 0, 1, 0]).flat());
  });
});
