import { frameImage, type Framing } from './frame.js';

const imagenet: Framing = {
  size: [224, 224],
  resize: 'shortest-side',
  resizeTo: 256,
  cropRounding: 'half-even',
};

describe('frameImage', () => {
  it('makes the shorter side 256 and keeps the middle, rounding the longer side down', () => {
    expect(frameImage([500, 333], imagenet)).toEqual({
      size: [384, 256], // 256 * 500 / 333 = 384.38
      window: { top: 80, left: 16, height: 224, width: 224 },
    });
  });

  it.each([
    [341, 'half-even', 58], // margin 117, half 58.5
    [343, 'half-even', 60], // margin 119, half 59.5
    [343, 'floor', 59],
  ] as const)('halves the odd margin of a width of %i by %s into %i', (width, cropRounding, left) => {
    expect(frameImage([256, width], { ...imagenet, cropRounding }).window.left).toBe(left);
  });

  it('squashes whatever the proportions', () => {
    const squash: Framing = { ...imagenet, resize: 'squash', resizeTo: [224, 224] };
    expect(frameImage([100, 900], squash)).toEqual({
      size: [224, 224],
      window: { top: 0, left: 0, height: 224, width: 224 },
    });
  });
});
