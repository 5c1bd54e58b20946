import {
  adam,
  evaluate,
  input,
  onnx,
  openTrainingStep,
  scalar,
  type Parameter,
  type Tensor,
  type Value,
} from '@striate/compute';
import type { OpenCore } from '@striate/contracts';
import { shiftedRotations, turnedMaps, uniformNumbers } from './__fixtures__/turned.js';
import { CAPTION_CORE, IMAGE_CORE, type C8CoreOptions } from './architecture.js';
import { createC8Core } from './core.js';

const small: C8CoreOptions = { ...IMAGE_CORE, nFields: 2 };
const MAP = [3, 17, 17] as const;
type Core = OpenCore<Value, Parameter>;

async function run(core: Core, x: Tensor, mode: 'training' | 'evaluation'): Promise<Tensor> {
  const { featureMap } = core.build(input('x', x.shape), mode);
  return (await evaluate({ featureMap }, { x })).featureMap;
}

const bitsOf = ({ parameters }: Core) => parameters.map(({ origin }) => [origin.name, origin.initial]);

describe('createC8Core', () => {
  it('makes the map of the method: [3, 224, 224] to [384, 28, 28]', () => {
    const core = createC8Core(IMAGE_CORE).open([3, 224, 224], 1);
    const { featureMap, running } = core.build(input('pixels', [4, 3, 224, 224]), 'training');
    expect(featureMap.shape).toEqual([4, 384, 28, 28]);
    expect([core.parameters.length, running.size]).toEqual([24, 16]);
    expect(core.parameters[3].shape).toEqual([48, 48, 8 * 11]);
  });

  it('makes the small core of caption grids: [512, 8, 8] to [384, 4, 4]', () => {
    const { featureMap } = createC8Core(CAPTION_CORE)
      .open([512, 8, 8], 1)
      .build(input('grid', [2, 512, 8, 8]), 'evaluation');
    expect(featureMap.shape).toEqual([2, 384, 4, 4]);
  });

  // Sizes 17 → 9 → 5 → 3: odd, so that the pixels that are kept turn onto themselves.
  it.each(['evaluation', 'training'] as const)(
    'commutes with rotations by 90 degrees in %s',
    async (mode) => {
      const core = createC8Core(small).open([3, 17, 17], 1);
      const x = uniformNumbers([2, 3, 17, 17], 2);
      const map = await run(core, x, mode);
      const turned = await run(core, turnedMaps(x), mode);
      const expected = shiftedRotations(turnedMaps(map), 2);
      expect(map.shape).toEqual([2, 16, 3, 3]);
      const size = (map.data as Float32Array).reduce((top, value) => Math.max(top, value), 0);
      expect(size).toBeGreaterThan(0);
      (expected.data as Float32Array).forEach((value, i) =>
        expect(Math.abs(Number(turned.data[i]) - value)).toBeLessThan(1e-5 * size),
      );
    },
  );

  it('begins with the same bits from the same seed, and with others from another', () => {
    const core = createC8Core(small);
    expect(bitsOf(core.open(MAP, 3))).toEqual(bitsOf(core.open(MAP, 3)));
    expect(bitsOf(core.open(MAP, 3))).not.toEqual(bitsOf(core.open(MAP, 4)));
  });

  it('has a fingerprint of its options', () => {
    const { fingerprint } = createC8Core(small);
    expect(createC8Core({ ...small }).fingerprint).toBe(fingerprint);
    expect(createC8Core({ ...small, nFields: 3 }).fingerprint).not.toBe(fingerprint);
    expect(createC8Core({ ...small, blocks: small.blocks.slice(1) }).fingerprint).not.toBe(fingerprint);
  });

  it('refuses what it does not read', () => {
    const core = createC8Core(small).open(MAP, 1);
    const malformed = expect.objectContaining({ code: 'STRIATE_GRAPH_MALFORMED' });
    expect(() => core.build(input('x', [1, 4, 17, 17]), 'training')).toThrow(malformed);
    expect(() => core.build(input('x', [3, 17, 17]), 'training')).toThrow(malformed);
    expect(() => core.build(input('x', [1, 3, 17, 17]), 'training')).not.toThrow();
  });

  it('refuses a vector, of which a convolution would see one pixel', () => {
    const core = createC8Core(CAPTION_CORE);
    const refusal = expect.objectContaining({ code: 'STRIATE_UNSUPPORTED' }) as Error;
    expect(() => core.measure([512, 1, 1])).toThrow(refusal);
    expect(() => core.open([512, 1, 1], 1)).toThrow(refusal);
    expect(() => core.measure([512, 1, 2])).not.toThrow();
  });
});

describe('measure', () => {
  it.each([
    ['the image core', IMAGE_CORE, [3, 224, 224]],
    ['the caption core', CAPTION_CORE, [512, 8, 8]],
    ['a small one on an odd map', small, [2, 17, 13]],
  ] as const)('counts parameters and map of %s as they are when it is opened', (_, options, map) => {
    const core = createC8Core(options);
    const { parameters, build } = core.open(map, 1);
    const { featureMap } = build(input('x', [1, ...map]), 'evaluation');
    const size = core.measure(map);
    expect([1, ...size.map]).toEqual(featureMap.shape);
    const count = (shape: readonly (number | string)[]) =>
      shape.reduce((product: number, each) => product * Number(each), 1);
    expect(size.nParameters).toBe(parameters.reduce((sum, { shape }) => sum + count(shape), 0));
  });

  it('counts the arithmetic of convolutions, by hand', () => {
    // 8 x 8 pixels: 8 channels of 2 with 3 x 3, pooled to 4 x 4; then 8 of 8 with 5 x 5.
    const blocks = [{ kernelSize: 3, stride: 2 }, { kernelSize: 5 }];
    const { nOperations, map } = createC8Core({ nFields: 1, blocks }).measure([2, 8, 8]);
    expect(nOperations).toBe(2 * (64 * 8 * 2 * 9 + 16 * 8 * 8 * 25));
    expect(map).toEqual([8, 4, 4]);
  });
});

describe('a core that is trained', () => {
  it('learns its filters, and its running statistics follow the batches', async () => {
    const core = createC8Core({ ...small, blocks: small.blocks.slice(0, 4) }).open([3, 9, 9], 1);
    const x = uniformNumbers([4, 3, 9, 9], 1);
    const { featureMap, running } = core.build(input('x', x.shape), 'training');
    const loss = onnx.ReduceMean(onnx.Mul(onnx.Sub(featureMap, scalar(1)), onnx.Sub(featureMap, scalar(1))));
    const step = await openTrainingStep(
      { loss, parameters: core.parameters, running },
      { optimiser: adam() },
    );
    const before = new Map(step.state.names.map((name) => [name, step.state.get(name).data.slice()]));
    const losses: number[] = [];
    for (let update = 1; update <= 20; update++)
      losses.push((await step.run({ x }, { step: update, learningRate: 0.02 })).loss);
    expect(losses.at(-1)).toBeLessThan(losses[0] / 2);
    for (const { origin } of [...core.parameters, ...running.keys()])
      expect(step.state.get(origin.name).data).not.toEqual(before.get(origin.name));
    await step.dispose();
  });
});
