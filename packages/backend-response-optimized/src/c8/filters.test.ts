import { constant, evaluate, input, onnx, type Tensor, type Value } from '@striate/compute';
import { planeWaves, shiftedRotations, turnedMaps, uniformNumbers } from './__fixtures__/turned.js';
import { groupFilters, liftingFilters, type FilterBank } from './filters.js';

const BANKS = [
  { title: 'from an image, 5 x 5', inChannels: 3, isLifting: true, kernelSize: 5 },
  { title: 'from an image, 3 x 3', inChannels: 3, isLifting: true, kernelSize: 3 },
  { title: 'between fields, 5 x 5', inChannels: 16, isLifting: false, kernelSize: 5 },
  { title: 'between fields, 3 x 3', inChannels: 16, isLifting: false, kernelSize: 3 },
];
type Case = (typeof BANKS)[number];

function openBank({ inChannels, isLifting, kernelSize }: Case): { bank: FilterBank; filters: Value } {
  const sizes = { outFields: 2, kernelSize };
  const bank = isLifting
    ? liftingFilters({ ...sizes, inFields: inChannels })
    : groupFilters({ ...sizes, inFields: inChannels / 8 });
  const weights = uniformNumbers(bank.weightShape, 3);
  return { bank, filters: bank.build(constant('float32', bank.weightShape, weights.data)) };
}

async function convolve(x: Tensor, filters: Value): Promise<Tensor> {
  const { y } = await evaluate({ y: onnx.Conv(input('x', x.shape), filters) }, { x });
  return y;
}

/** Where the input is fields too, turning it shifts its rotations. */
const turnedInput = (x: Tensor, { isLifting }: Case, steps: number) =>
  isLifting ? x : shiftedRotations(x, steps);

const largestDifference = (a: Tensor, b: Tensor) =>
  (a.data as Float32Array).reduce(
    (worst, value, i) => Math.max(worst, Math.abs(value - Number(b.data[i]))),
    0,
  );
const largest = ({ data }: Tensor) =>
  (data as Float32Array).reduce((top, value) => Math.max(top, Math.abs(value)), 0);

describe.each(BANKS)('a convolution $title', (bankCase) => {
  const { inChannels, kernelSize, isLifting } = bankCase;
  const { bank, filters } = openBank(bankCase);

  it('has one free number per pair of fields, harmonic and, between fields, distance of rotations', () => {
    const nHarmonics = kernelSize === 3 ? 6 : 11;
    const perPair = isLifting ? nHarmonics : 8 * nHarmonics;
    expect(bank.weightShape).toEqual([2, isLifting ? 3 : 2, perPair]);
    expect(filters.shape).toEqual([16, inChannels, kernelSize, kernelSize]);
  });

  it('commutes with rotations by 90 degrees', async () => {
    const x = uniformNumbers([2, inChannels, 9, 9], 1);
    const y = await convolve(x, filters);
    const turnedFirst = await convolve(turnedInput(turnedMaps(x), bankCase, 2), filters);
    const turnedLast = shiftedRotations(turnedMaps(y), 2);
    // float32 sums of at most 400 products
    expect(largestDifference(turnedFirst, turnedLast) / largest(y)).toBeLessThan(1e-5);
    expect(largestDifference(turnedFirst, turnedMaps(y)) / largest(y)).toBeGreaterThan(0.1);
  });

  // A wave that is interpolated bilinearly is off by up to |w|^2 / 8 (half the second derivative times the squared half
  // pixel, for both axes together); over the pixels and channels that a filter sums, such errors add up as independent
  // ones do, to that times the filter's Euclidean norm. Turning the filters, whose harmonics are sampled at whole pixels,
  // must cost no more than turning the image so. Looked at is the pixel in the middle, which stays where it is, and the
  // waves are turned by their formula: nothing is interpolated here.
  it.each([0.1, 0.2, 0.4, 0.8])(
    'commutes with rotations by 45 degrees within interpolation error, for waves of %d radians per pixel',
    async (frequency) => {
      const bound = (frequency ** 2 / 8) * (await largestNorm(filters));
      for (let seed = 1; seed <= 10; seed++) {
        const waves = { nChannels: inChannels, size: kernelSize, frequency, seed: 2 * seed };
        const y = await convolve(planeWaves(waves, 0), filters);
        const turned = turnedInput(planeWaves(waves, Math.PI / 4), bankCase, 1);
        const error = largestDifference(await convolve(turned, filters), shiftedRotations(y, 1));
        expect(error).toBeLessThan(bound);
      }
    },
  );
});

async function largestNorm(filters: Value): Promise<number> {
  const { norms } = await evaluate({ norms: onnx.ReduceL2(filters, { axes: [1, 2, 3] }) });
  return largest(norms);
}

describe('an ordinary convolution', () => {
  it('does not commute with rotations by 45 degrees', async () => {
    const weights = uniformNumbers([16, 3, 5, 5], 5);
    const filters = constant('float32', weights.shape, weights.data);
    const waves = { nChannels: 3, size: 5, frequency: 0.1, seed: 4 };
    const y = await convolve(planeWaves(waves, 0), filters);
    const turned = await convolve(planeWaves(waves, Math.PI / 4), filters);
    const bound = (0.1 ** 2 / 8) * (await largestNorm(filters));
    expect(largestDifference(turned, shiftedRotations(y, 1))).toBeGreaterThan(10 * bound);
  });
});
