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
type Core = OpenCore<Value, Parameter>;

async function run(core: Core, x: Tensor, mode: 'training' | 'evaluation'): Promise<Tensor> {
  const { featureMap } = core.build([input('x', x.shape)], mode);
  return (await evaluate({ featureMap }, { x })).featureMap;
}

const bitsOf = ({ parameters }: Core) => parameters.map(({ origin }) => [origin.name, origin.initial]);

describe('createC8Core', () => {
  it('makes the map of the method: [3, 224, 224] to [384, 28, 28]', () => {
    const core = createC8Core(IMAGE_CORE).open(1);
    const { featureMap, running } = core.build([input('pixels', [4, 3, 224, 224])], 'training');
    expect(featureMap.shape).toEqual([4, 384, 28, 28]);
    expect([core.parameters.length, running.size]).toEqual([24, 16]);
    expect(core.parameters[3].shape).toEqual([48, 48, 8 * 11]);
  });

  it('makes the small core of caption grids: [512, 8, 8] to [384, 4, 4]', () => {
    const { featureMap } = createC8Core(CAPTION_CORE)
      .open(1)
      .build([input('grid', [2, 512, 8, 8])], 'evaluation');
    expect(featureMap.shape).toEqual([2, 384, 4, 4]);
  });

  // Sizes 17 → 9 → 5 → 3: odd, so that the pixels that are kept turn onto themselves.
  it.each(['evaluation', 'training'] as const)(
    'commutes with rotations by 90 degrees in %s',
    async (mode) => {
      const core = createC8Core(small).open(1);
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
    expect(bitsOf(core.open(3))).toEqual(bitsOf(core.open(3)));
    expect(bitsOf(core.open(3))).not.toEqual(bitsOf(core.open(4)));
  });

  it('has a fingerprint of its options', () => {
    const { fingerprint } = createC8Core(small);
    expect(createC8Core({ ...small }).fingerprint).toBe(fingerprint);
    expect(createC8Core({ ...small, nFields: 3 }).fingerprint).not.toBe(fingerprint);
    expect(createC8Core({ ...small, blocks: small.blocks.slice(1) }).fingerprint).not.toBe(fingerprint);
  });

  it('refuses what it does not read', () => {
    const core = createC8Core(small).open(1);
    const malformed = expect.objectContaining({ code: 'STRIATE_GRAPH_MALFORMED' });
    expect(() => core.build([input('x', [1, 4, 17, 17])], 'training')).toThrow(malformed);
    expect(() => core.build([input('x', [3, 17, 17])], 'training')).toThrow(malformed);
    expect(() => core.build([input('x', [1, 3, 17, 17])], 'training')).not.toThrow();
  });
});

describe('a core that is trained', () => {
  it('learns its filters, and its running statistics follow the batches', async () => {
    const core = createC8Core({ ...small, blocks: small.blocks.slice(0, 4) }).open(1);
    const x = uniformNumbers([4, 3, 9, 9], 1);
    const { featureMap, running } = core.build([input('x', x.shape)], 'training');
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
