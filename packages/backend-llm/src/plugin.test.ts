import { describeBackend } from '@striate/conformance';
import type { Stimulus } from '@striate/contracts';
import { captioned, FIXTURES, SENTENCES } from './__fixtures__/tiny-models.js';
import { plugin } from './plugin.js';

const backend = plugin.provides.backends!.llm();

function subject(model: string, raw: object, stimuli: readonly Stimulus[]) {
  const options = backend.parseOptions({ batchSize: 2, ...raw });
  const open = () => backend.doLoad(model, options, { baseFolder: FIXTURES, device: 'cpu' });
  return { plugin: 'llm', backend, options, stimuli, open };
}

const [one, two, three, four, five] = SENTENCES;
const captions = [[one, two, three], [four], [five, one], [three, four], [two]];
const grids = [
  [one, null, two, three],
  [null, null, null, four],
  [five, five, one, null],
  [two, three, null, one],
  [four, one, five, two],
];

for (const model of ['tiny-mpnet', 'tiny-bert', 'tiny-clip', 'tiny-gpt2'])
  describeBackend(
    { describe, it },
    () =>
      subject(
        model,
        {},
        captions.map((own) => captioned(...own)),
      ),
    {
      title: `the llm backend keeps the laws with captions and ${model}`,
    },
  );

describeBackend(
  { describe, it },
  () => {
    const stimuli = grids.map((cells, i) => ({ id: `s${i}`, captionGrid: { height: 2, width: 2, cells } }));
    return subject('tiny-clip', { input: 'caption-grid', grid: { height: 2, width: 2 } }, stimuli);
  },
  { title: 'the llm backend keeps the laws with grids of captions' },
);
