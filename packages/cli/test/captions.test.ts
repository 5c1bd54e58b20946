import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { RunRecord, Stimulus } from '@striate/contracts';
import { createSyntheticDataset } from '@striate/datasets';
import { compare, makeProject, run, summaryOf, type Project } from './project.js';

const TINY_MODELS = fileURLToPath(new URL('../../backend-llm/src/__fixtures__/', import.meta.url));
const context = { baseFolder: TINY_MODELS, device: 'cpu' } as const;
const sentences = { backend: 'llm', model: `${TINY_MODELS}tiny-mpnet`, layers: ['block1', 'embedding'] };

/** The scenes of {@link makeProject}, with what is said of them. */
async function syntheticStimuli(): Promise<readonly Stimulus[]> {
  const dataset = createSyntheticDataset();
  const { stimuli } = await dataset.doOpen(dataset.parseOptions({ nStimuli: 24 }), context);
  return stimuli;
}

async function writeCaptions(project: Project, stimuli: readonly Stimulus[]): Promise<void> {
  const rows = stimuli.flatMap(({ id, captions }) => captions!.map((caption) => `${id},"${caption}"`));
  await writeFile(project.path('data', 'captions.csv'), ['id,caption', ...rows, ''].join('\n'));
}

describe('a comparison of what is said of images', () => {
  it('reads captions with a language model, and reads them again only where one has changed', async () => {
    const project = await makeProject();
    const [first, ...others] = await syntheticStimuli();
    await writeCaptions(project, [first, ...others]);
    await project.configure({ models: [sentences] });
    const { code, stderr } = await compare(project);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('STRIATE_')]);
    const record = JSON.parse(await readFile(project.path('out', 'record.json'), 'utf8')) as RunRecord;
    const [{ card, layers }] = record.models;
    expect(card.family).toBe('language');
    expect(layers.map(({ name }) => name)).toEqual(['block1', 'embedding']);

    await compare(project, 'again');
    expect(await summaryOf(project, 'again')).toMatchObject({ performed: 0 });
    await writeCaptions(project, [{ ...first, captions: ['a blue ring'] }, ...others]);
    await compare(project, 'changed');
    expect((await summaryOf(project, 'changed')).performed).toBeGreaterThan(0);
  });

  it('stops at a stimulus of which nothing is said', async () => {
    const project = await makeProject();
    const [first, ...others] = await syntheticStimuli();
    await writeCaptions(project, others);
    await project.configure({ models: [sentences] });
    const { code, stderr } = await compare(project);
    expect([code, stderr]).toEqual([3, expect.stringContaining(`Stimulus "${first.id}" has no caption`)]);
  });

  it('is not exported: no graph leads from pixels to captions', async () => {
    const project = await makeProject();
    await writeCaptions(project, await syntheticStimuli());
    await project.configure({ models: [sentences] });
    const args = ['--onnx', 'v.onnx', '--layer', 'embedding', '--store', 'store'];
    const { code, stderr } = await run(project.folder, 'export', 'plan.yaml', ...args);
    expect([code, stderr]).toEqual([4, expect.stringContaining('The model "tiny-mpnet" cannot be written')]);
  });
});
