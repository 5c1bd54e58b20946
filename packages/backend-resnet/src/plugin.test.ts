import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeModel } from '@striate/compute';
import { describeBackend } from '@striate/conformance';
import { bitmapStimulus } from './__fixtures__/bitmap.js';
import { writeResnet } from './__fixtures__/tiny-resnet.js';
import { plugin } from './plugin.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'striate-resnet-laws-'));
  const { model } = writeResnet({ kind: 'bottleneck', blocks: [3, 4, 6, 3], version: 1, hasHead: true });
  await writeFile(join(folder, 'net.onnx'), encodeModel(model));
});
afterAll(() => rm(folder, { recursive: true }));

describeBackend({ describe, it }, () => {
  const backend = plugin.provides.backends!.resnet();
  const preprocessing = { resize: 'squash', interpolation: 'nearest', scale: '0..1', mean: 0.5, sd: 0.5 };
  const options = backend.parseOptions({ preprocessing, batchSize: 2 });
  return {
    plugin: 'resnet',
    backend,
    options,
    stimuli: [10, 60, 110, 160, 250].map((grey) => bitmapStimulus(`grey${grey}`, grey)),
    open: () => backend.doLoad('net.onnx', options, { baseFolder: folder, device: 'cpu' }),
  };
});
