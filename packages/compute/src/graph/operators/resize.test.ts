import fc from 'fast-check';
import { compareTypes } from '../__fixtures__/inferred-type.js';
import { apply, evaluate, input, onnx, tensor, type Shape } from '../../index.js';
import type { ResizeOptions } from './index.js';

const x = (shape: Shape) => input('x', shape);
const sizes = fc.integer({ min: 1, max: 6 });
const factors = fc.constantFrom(0.5, 0.7, 1, 1.5, 2, 2.3, 3);

describe('Resize', () => {
  it('infers the type that ONNX Runtime returns, by sizes and by factors', async () => {
    await fc.assert(
      fc.asyncProperty(
        sizes,
        sizes,
        fc.tuple(sizes, sizes),
        fc.tuple(factors, factors),
        async (h, w, to, by) => {
          const image = x([2, 3, h + 1, w + 1]);
          const axes = [2, -1];
          const { inferred, returned } = await compareTypes([
            onnx.Resize(image, { to: { sizes: to }, axes, mode: 'linear' }),
            onnx.Resize(image, { to: { scales: by }, axes }),
            onnx.Resize(image, { to: { scales: [1, 1, ...by] }, mode: 'linear' }),
            onnx.Resize(image, { to: { sizes: [4, 1, ...to] } }),
          ]);
          expect(inferred).toEqual(returned);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('carries the name of a size through that it leaves alone', () => {
    const image = x(['batch', 3, 2, 2]);
    expect(onnx.Resize(image, { to: { sizes: [4, 5] }, axes: [2, 3] }).shape).toEqual(['batch', 3, 4, 5]);
    expect(onnx.Resize(image, { to: { scales: [1, 1, 2, 3] } }).shape).toEqual(['batch', 3, 4, 6]);
  });

  it.each<[string, Omit<ResizeOptions, 'to' | 'axes'>, number[]]>([
    ['half_pixel', {}, [0, 0, 10, 10]],
    ['asymmetric, rounded up', { coordinates: 'asymmetric', rounding: 'ceil' }, [0, 10, 10, 10]],
    ['half_pixel, linear', { mode: 'linear' }, [0, 2.5, 7.5, 10]],
    ['asymmetric, linear', { mode: 'linear', coordinates: 'asymmetric' }, [0, 5, 10, 10]],
  ])('makes four of [0, 10], %s', async (_, options, expected) => {
    const y = onnx.Resize(x([1, 2]), { to: { sizes: [4] }, axes: [1], ...options });
    const result = await evaluate({ y }, { x: tensor('float32', [1, 2], Float32Array.of(0, 10)) });
    expect([...(result.y.data as Float32Array)]).toEqual(expected);
  });

  it.each([
    ['fewer sizes than axes', () => onnx.Resize(x([2, 3]), { to: { sizes: [4] } }), /2 axes/],
    ['an axis beyond the last', () => onnx.Resize(x([2, 3]), { to: { sizes: [4] }, axes: [2] }), /axis 2/],
    ['a size not known', () => onnx.Resize(x(['n', 3]), { to: { scales: [2, 1] } }), /"n"/],
    [
      'a factor that leaves nothing',
      () => onnx.Resize(x([2, 3]), { to: { scales: [0.1, 1] } }),
      /axis 0 would have 0/,
    ],
    [
      'a policy for the aspect',
      () => apply(onnx.OPERATORS.get('Resize')!, [x([2, 3])], { keep_aspect_ratio_policy: 'not_larger' }),
      /not_larger/,
    ],
    ['another mode', () => apply(onnx.OPERATORS.get('Resize')!, [x([2, 3])], { mode: 'area' }), /area/],
  ])('refuses %s and shows the shape', (_, build, message) => {
    expect(build).toThrow(
      expect.objectContaining({ code: 'STRIATE_GRAPH_MALFORMED', message: expect.stringMatching(message) }),
    );
  });
});
