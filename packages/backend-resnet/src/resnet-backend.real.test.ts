import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createResnetBackend } from './resnet-backend.js';

const shared = process.env.STRIATE_SHARED ?? resolve(process.cwd(), '../../../shared');
const folder = join(shared, 'data/models-vision');
const file = 'resnet50_v2_stages1-3_fp16w.onnx';
const isThere = existsSync(join(folder, file));
const title = isThere ? '' : ' (skipped: no shared data, set STRIATE_SHARED)';

(isThere ? describe : describe.skip)(`a real ResNet-50 v2, cut behind stage 3${title}`, () => {
  it('is recognised, with the names that its file gives its blocks', async () => {
    const backend = createResnetBackend();
    const options = backend.parseOptions({ preprocessing: { resize: 'squash', interpolation: 'bilinear' } });
    const model = await backend.doLoad(file, options, { baseFolder: folder, device: 'cpu' });
    expect(model.card).toMatchObject({ title: 'ResNet-50, stages 1 to 3 of 4', licence: 'Apache-2.0' });
    const layers = await model.listLayers();
    const blocks = layers.filter((layer) => layer.name.startsWith('stage'));
    expect(blocks.map((layer) => layer.shape)).toEqual([
      ...Array<number[]>(3).fill([256, 56, 56]),
      ...Array<number[]>(4).fill([512, 28, 28]),
      ...Array<number[]>(6).fill([1024, 14, 14]),
    ]);
    expect(layers.at(-1)).toMatchObject({ name: 'pool', shape: [1024] });
    await model.dispose();
  });
});
