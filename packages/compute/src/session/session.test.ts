import { input, onnx, toModel } from '../graph/index.js';
import { encodeModel } from '../onnx/model.js';
import { zeros } from '../linalg/matrix.js';
import { openSession, type Device, type SessionOptions } from './session.js';
import { tensor } from './tensor.js';

/** All products of the elements of two vectors: a large result from small inputs. */
const outer = encodeModel(toModel({ products: onnx.MatMul(input('a', ['n', 1]), input('b', [1, 'n'])) }));
const open = (options: SessionOptions = {}) => openSession(outer, { name: 'all products', ...options });
const vectors = (n: number) => ({
  a: tensor('float32', [n, 1], new Float32Array(n).fill(2)),
  b: tensor('float32', [1, n], new Float32Array(n).fill(3)),
});

describe('openSession', () => {
  it('computes with any number of threads', async () => {
    for (const threads of [1, 3]) {
      const session = await open({ threads });
      expect((await session.run(vectors(2))).products.data).toEqual(Float32Array.of(6, 6, 6, 6));
      await session.dispose();
    }
  });

  it.each([0, -1, 1.5, NaN])('refuses %p threads', async (threads) => {
    await expect(open({ threads })).rejects.toMatchObject({ code: 'STRIATE_INVALID_VALUE' });
  });

  it.each<Device>(['webgpu', 'cuda'])('computes on %s, or says why it cannot', async (device) => {
    const session = await open({ device }).catch((error: unknown) => {
      expect(error).toMatchObject({
        code: 'STRIATE_DEVICE_UNAVAILABLE',
        context: { device, reason: expect.stringMatching(/\w+ \w+/) },
      });
    });
    if (!session) return;
    expect((await session.run(vectors(1))).products.data).toEqual(Float32Array.of(6));
    await session.dispose();
  });

  it('refuses bytes that are no model, whatever the device', async () => {
    await expect(openSession(Uint8Array.of(1, 2, 3), { name: 'three bytes' })).rejects.toMatchObject({
      code: 'STRIATE_ONNX_MALFORMED',
      context: { path: 'three bytes' },
    });
  });

  it('says how many bytes were asked for where there is not enough memory, and goes on after that', async () => {
    const session = await open();
    const n = 2 ** 22;
    await expect(session.run(vectors(n))).rejects.toMatchObject({
      code: 'STRIATE_OUT_OF_MEMORY',
      context: { what: 'all products', bytes: 4 * n * n },
    });
    expect((await session.run(vectors(1))).products.data[0]).toBe(6);
    await session.dispose();
  });

  it('is not used after it was disposed of', async () => {
    const session = await open();
    await session.dispose();
    await session.dispose();
    await expect(session.run(vectors(1))).rejects.toMatchObject({ code: 'STRIATE_USED_AFTER_DISPOSE' });
  });
});

describe('zeros', () => {
  it('says how many bytes were asked for where there is not enough memory', () => {
    expect(() => zeros(1e8, 1e8, 'float64')).toThrow(
      expect.objectContaining({
        code: 'STRIATE_OUT_OF_MEMORY',
        context: { what: 'A matrix of 100000000 x 100000000 (float64)', bytes: 8e16 },
      }),
    );
  });
});
