import fc from 'fast-check';
import type { AveragePoolOptions } from '../operators/index.js';

export interface RandomPooling {
  readonly x: readonly number[];
  readonly options: AveragePoolOptions;
}

const sizes = (max: number) => fc.integer({ min: 1, max });
const axes = fc.record({ kernel: sizes(3), stride: sizes(3), dilation: sizes(2), more: fc.nat(5) });
const margins = fc.tuple(fc.nat(2), fc.nat(2));

/** Windows of all kinds that fit at least once, each of which sees more than pads. */
export const poolings: fc.Arbitrary<RandomPooling> = fc
  .record({
    nImages: sizes(2),
    nChannels: sizes(3),
    spatial: fc.array(fc.tuple(axes, margins), { minLength: 1, maxLength: 2 }),
    ceilMode: fc.boolean(),
    countIncludePad: fc.boolean(),
  })
  .map(({ nImages, nChannels, spatial, ceilMode, countIncludePad }) => {
    const pads = spatial.map(([{ kernel }, margin]) => margin.map((count) => Math.min(count, kernel - 1)));
    const sizesOf = spatial.map(([{ kernel, dilation, more }], axis) => {
      const needed = (kernel - 1) * dilation + 1 - pads[axis][0] - pads[axis][1];
      return Math.max(needed, dilation) + more;
    });
    return {
      x: [nImages, nChannels, ...sizesOf],
      options: {
        kernel: spatial.map(([{ kernel }]) => kernel),
        strides: spatial.map(([{ stride }]) => stride),
        dilations: spatial.map(([{ dilation }]) => dilation),
        pads: [...pads.map(([before]) => before), ...pads.map(([, behind]) => behind)],
        ...{ ceilMode, countIncludePad },
      },
    };
  });
