import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeModel } from '@striate/compute';
import { describeBackend } from '@striate/conformance';
import { greyStimulus } from './__fixtures__/stimulus.js';
import { writeClip } from './__fixtures__/tiny-clip.js';
import { plugin } from './plugin.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'striate-clip-laws-'));
  await writeFile(join(folder, 'net.onnx'), encodeModel(writeClip().model));
});
afterAll(() => rm(folder, { recursive: true }));

describeBackend({ describe, it }, async () => {
  const backend = plugin.provides.backends!.clip();
  const preprocessing = { resize: 'squash', interpolation: 'nearest', scale: '0..1', mean: 0.5, sd: 0.5 };
  const options = backend.parseOptions({ preprocessing, batchSize: 2 });
  return {
    plugin: 'clip',
    backend,
    options,
    stimuli: await Promise.all([10, 60, 110, 160, 250].map((grey) => greyStimulus(`grey${grey}`, grey))),
    open: () => backend.doLoad('net.onnx', options, { baseFolder: folder, device: 'cpu' }),
  };
});
