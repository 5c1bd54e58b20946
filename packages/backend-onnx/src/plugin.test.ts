import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeBackend } from '@striate/conformance';
import { writeNpy } from '@striate/npy';
import { AS_IS, bytesOf, quantisedNetwork, spottedStimulus, tinyNetwork } from './__fixtures__/networks.js';
import { plugin } from './plugin.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'striate-laws-'));
  await writeFile(join(folder, 'net.onnx'), bytesOf(tinyNetwork()));
  await writeFile(join(folder, 'single.onnx'), bytesOf(tinyNetwork(1)));
  await writeFile(join(folder, 'quantised.onnx'), bytesOf(quantisedNetwork()));
  await writeNpy(
    join(folder, 'words.npy'),
    [5, 3],
    Float32Array.from({ length: 15 }, (_, i) => i * i),
  );
  await writeFile(join(folder, 'words.ids.txt'), 's4\ns3\ns2\ns1\ns0\n');
});
afterAll(() => rm(folder, { recursive: true }));

const colours = [
  [1, 2, 3],
  [40, 50, 60],
  [7, 80, 9],
  [10, 20, 30],
  [255, 0, 255],
];

async function subject(id: 'onnx' | 'features', model: string, raw: object = {}) {
  const backend = plugin.provides.backends![id]();
  const context = { baseFolder: folder, device: 'cpu' } as const;
  const options = backend.parseOptions(raw);
  return {
    plugin: id,
    backend,
    options,
    stimuli: await Promise.all(colours.map((colour, i) => spottedStimulus(`s${i}`, colour))),
    open: () => backend.doLoad(model, options, context),
  };
}

const network = { preprocessing: AS_IS, batchSize: 2 };
describeBackend({ describe, it }, () => subject('onnx', 'net.onnx', network), {
  title: 'the onnx backend keeps the laws with a batch of any size',
});
describeBackend({ describe, it }, () => subject('onnx', 'single.onnx', network), {
  title: 'the onnx backend keeps the laws with a network for one stimulus',
});
describeBackend({ describe, it }, () => subject('onnx', 'quantised.onnx', network), {
  title: 'the onnx backend keeps the laws with a network that is quantised as it runs',
});
describeBackend({ describe, it }, () => subject('features', 'words.npy'), {
  title: 'the features backend keeps the laws',
});
