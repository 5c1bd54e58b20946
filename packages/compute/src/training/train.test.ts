import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { input, onnx, parameter } from '../graph/index.js';
import type { Tensor } from '../session/tensor.js';
import { decodeTensors } from './safetensors.js';
import { sgd } from './optimiser.js';
import { constantRate } from './schedule.js';
import type { TrainingProblem } from './problem.js';
import { train, type TrainingData, type TrainOptions } from './train.js';

const numbers = (...values: number[]): Tensor => ({
  dtype: 'float32',
  shape: [values.length],
  data: Float32Array.from(values),
});

/** (w - target)^2 with targets 1, 2, 3, ... over the batches. */
const problem = (): TrainingProblem => {
  const w = parameter('w', numbers(0));
  return { loss: onnx.ReduceSumSquare(onnx.Sub(w, input('target', [1]))), parameters: [w] };
};
const data = (nBatches: number): TrainingData => ({
  nBatches,
  batchSize: 1,
  *batches(_epoch, start) {
    for (let batch = start; batch < nBatches; batch++) yield { target: numbers(batch + 1) };
  },
});
const options: TrainOptions = { optimiser: sgd(), learningRate: constantRate(0.5), maxEpochs: 1 };

describe('train', () => {
  it('goes through the batches of every epoch in order', async () => {
    // With rate 0.5 each step jumps onto the batch's target.
    const { parameters, steps, epochs, stoppedBy } = await train(problem(), data(3), {
      ...options,
      maxEpochs: 2,
    });
    expect([steps, epochs, stoppedBy]).toEqual([6, 2, 'epochs']);
    expect(parameters.get('w')!.data[0]).toBeCloseTo(3, 6);
  });

  it('gives back the parameters of the best validation, and stops when there is no gain', async () => {
    const scores = [1, 5, 2, NaN, 3, 9];
    const { parameters, steps, bestScore, stoppedBy, history } = await train(problem(), data(6), {
      ...options,
      validate: () => Promise.resolve(scores.shift()!),
      validateEvery: 1,
      patience: 3,
    });
    expect([steps, bestScore, stoppedBy]).toEqual([5, 5, 'patience']);
    expect(parameters.get('w')!.data[0]).toBeCloseTo(2, 6);
    expect(history.map(({ step, loss }) => [step, loss])).toEqual([1, 2, 3, 4, 5].map((step) => [step, 1]));
  });

  it('leaves out batches at the end of an epoch that do not fill an update', async () => {
    const seen: number[] = [];
    await train(problem(), data(5), {
      ...options,
      accumulate: 2,
      onProgress: ({ step }) => seen.push(step),
    });
    expect(seen).toEqual([0, 1, 1, 2]);
  });

  it('tells throughput and time left', async () => {
    const seen: { stimuliPerSecond: number; secondsLeft: number }[] = [];
    await train(problem(), data(4), { ...options, onProgress: (progress) => seen.push(progress) });
    expect(seen.every(({ stimuliPerSecond }) => stimuliPerSecond > 0)).toBe(true);
    expect(seen.at(-1)!.secondsLeft).toBe(0);
  });

  it('stops where it is told to', async () => {
    const controller = new AbortController();
    const stopped = train(problem(), data(100), {
      ...options,
      signal: controller.signal,
      onProgress: ({ step }) => step === 3 && controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'STRIATE_ABORTED' });
  });

  it.each([
    [{ maxEpochs: 0 }, 'maxEpochs'],
    [{ accumulate: 9 }, 'accumulate'],
    [{ validateEvery: 0.5 }, 'validateEvery'],
  ])('refuses %j', async (wrong, option) => {
    await expect(train(problem(), data(3), { ...options, ...wrong })).rejects.toMatchObject({
      code: 'STRIATE_INVALID_TRAINING_OPTION',
      context: { option },
    });
  });
});

describe('a training that is killed', () => {
  const script = join(dirname(fileURLToPath(import.meta.url)), '__fixtures__', 'line.mjs');
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'striate-training-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const start = (checkpoint: string, wait: number) =>
    spawn(process.execPath, [script, checkpoint, String(wait)]);
  const finish = async (checkpoint: string) => {
    const child = start(checkpoint, 0);
    const [printed, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(complaint).toMatch(/^[\d\n]*$/);
    return JSON.parse(printed) as unknown;
  };

  it('goes on from its checkpoint and ends with the same bytes', async () => {
    const undisturbed = await finish(join(folder, 'a.safetensors'));
    const path = join(folder, 'b.safetensors');
    for (const steps of [2, 3]) {
      const child = start(path, 30);
      const exit = once(child, 'exit');
      let seen = '';
      child.stderr.on('data', (chunk) => {
        seen += String(chunk);
        if (seen.split('\n').length > 2 * steps + 1) child.kill('SIGKILL');
      });
      expect(await exit).toEqual([null, 'SIGKILL']);
    }
    expect((await readdir(folder)).includes('b.safetensors')).toBe(true);
    expect(await finish(path)).toEqual(undisturbed);
  });

  it('refuses a checkpoint that is cut short or of other settings', async () => {
    const path = join(folder, 'c.safetensors');
    const checkpoint = { path, every: 1 };
    await train(problem(), data(2), { ...options, checkpoint });
    await expect(
      train(problem(), data(2), { ...options, optimiser: sgd({ momentum: 0.9 }), checkpoint }),
    ).rejects.toMatchObject({ code: 'STRIATE_CHECKPOINT_MISMATCH' });
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.length - 2));
    await expect(train(problem(), data(2), { ...options, checkpoint })).rejects.toMatchObject({
      code: 'STRIATE_CHECKPOINT_MISMATCH',
    });
  });

  it('leaves tensors that another program reads', async () => {
    const path = join(folder, 'd.safetensors');
    await train(problem(), data(2), { ...options, checkpoint: { path, every: 1 } });
    const { tensors } = decodeTensors(await readFile(path), path);
    expect(tensors.get('w')!.data[0]).toBeCloseTo(2, 6);
  });
});
