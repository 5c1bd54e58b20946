import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onnx, parameter } from '../graph/index.js';
import { loadCheckpoint } from './checkpoint.js';
import { sgd } from './optimiser.js';
import { constantRate } from './schedule.js';
import { train } from './train.js';

describe('memory over a thousand training steps', () => {
  const STEPS = 1000;
  const script = fileURLToPath(new URL('__fixtures__/memory.mjs', import.meta.url));

  async function growth(leakedPerStep: number): Promise<{ rss: number; arrayBuffers: number }> {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--expose-gc',
      script,
      String(leakedPerStep),
    ]);
    const { warm, end } = JSON.parse(stdout) as Record<'warm' | 'end', NodeJS.MemoryUsage>;
    return { rss: end.rss - warm.rss, arrayBuffers: end.arrayBuffers - warm.arrayBuffers };
  }

  it('does not grow: not that of tensors, nor that of the process', async () => {
    const { rss, arrayBuffers } = await growth(0);
    expect(arrayBuffers / STEPS).toBeLessThan(100);
    expect(rss / STEPS).toBeLessThan(50e3);
  });

  it('would be seen to grow by a leak of 100 kB per step', async () => {
    const { rss, arrayBuffers } = await growth(100e3);
    expect(arrayBuffers / STEPS).toBeGreaterThan(99e3);
    expect(rss / STEPS).toBeGreaterThan(50e3);
  });
});

describe('a checkpoint', () => {
  it('is whole at any time for whoever reads it while training goes on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'striate-checkpoint-'));
    const path = join(folder, 'training.safetensors');
    // Large enough for a write in place to be caught half-way.
    const w = parameter('w', { dtype: 'float32', shape: [2 ** 20], data: new Float32Array(2 ** 20).fill(1) });
    const optimiser = sgd({ momentum: 0.5 });
    let isTraining = true;
    const training = train(
      { loss: onnx.ReduceSumSquare(w), parameters: [w] },
      { nBatches: 20, batchSize: 1, batches: (_, start) => new Array<object>(20 - start).fill({}) as [] },
      { optimiser, learningRate: constantRate(0.1), maxEpochs: 1, checkpoint: { path, every: 1 } },
    ).finally(() => (isTraining = false));
    const steps: number[] = [];
    while (isTraining) {
      const bytes = await readFile(path).catch(() => undefined);
      if (!bytes) continue;
      const description = /"description":"([^"]+)"/.exec(bytes.subarray(0, 4096).toString())![1];
      steps.push((await loadCheckpoint(path, description))!.position.step);
    }
    await training;
    expect(steps.length).toBeGreaterThan(3);
    expect(steps).toEqual(steps.slice().sort((a, b) => a - b));
    expect(await readdir(folder)).toEqual(['training.safetensors']);
    await rm(folder, { recursive: true });
  });
});
