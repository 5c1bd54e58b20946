import fc from 'fast-check';

/** A convolution over one or two spatial axes, as random as it can be. */
export interface RandomConvolution {
  readonly x: readonly number[];
  readonly w: readonly number[];
  readonly nFilters: number;
  readonly hasBias: boolean;
  /** What a stride leaves over behind each axis. */
  readonly leftOver: readonly number[];
  readonly options: {
    readonly groups: number;
    readonly strides: readonly number[];
    readonly dilations: readonly number[];
    readonly pads: readonly number[];
  };
}

const sizes = (max: number) => fc.integer({ min: 1, max });
const axes = fc.record({
  kernel: sizes(3),
  stride: sizes(3),
  dilation: sizes(2),
  before: fc.nat(2),
  behind: fc.nat(2),
  more: fc.nat(4),
});

/** Windows of all kinds that fit at least once: channels in groups, pads that differ from side to side. */
export const convolutions: fc.Arbitrary<RandomConvolution> = fc
  .record({
    nImages: sizes(3),
    groups: sizes(3),
    nRead: sizes(3),
    nShare: fc.constantFrom(1, 2, 3, 8),
    hasBias: fc.boolean(),
    spatial: fc.array(axes, { minLength: 1, maxLength: 2 }),
  })
  .map(({ nImages, groups, nRead, nShare, hasBias, spatial }) => ({
    x: [nImages, groups * nRead, ...spatial.map(sizeOf)],
    w: [groups * nShare, nRead, ...spatial.map(({ kernel }) => kernel)],
    nFilters: groups * nShare,
    hasBias,
    leftOver: spatial.map((axis) => (sizeOf(axis) - neededOf(axis)) % axis.stride),
    options: {
      groups,
      strides: spatial.map(({ stride }) => stride),
      dilations: spatial.map(({ dilation }) => dilation),
      pads: [...spatial.map(({ before }) => before), ...spatial.map(({ behind }) => behind)],
    },
  }));

interface Axis {
  readonly kernel: number;
  readonly dilation: number;
  readonly before: number;
  readonly behind: number;
  readonly more: number;
}

/** The smallest size on which the window fits; with wide margins, less than one. */
function neededOf({ kernel, dilation, before, behind }: Axis): number {
  return (kernel - 1) * dilation + 1 - before - behind;
}

function sizeOf(axis: Axis): number {
  return Math.max(1, neededOf(axis)) + axis.more;
}
