// Captions of the cells of a grid over each image, from a file to a report; as the two pages that show it have it.

import { mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaptionGrid, RunRecord } from '@striate/contracts';
import { createSyntheticDataset } from '@striate/datasets';
import { compare, configuration, makeProject, run, summaryOf, type Project } from './project.js';
import { makeTemporaryFolder } from './temporary-folder.js';

const PACKAGES = new URL('../../', import.meta.url);
const TINY_MODELS = fileURLToPath(new URL('backend-llm/src/__fixtures__/', PACKAGES));
const CLIP = `${TINY_MODELS}tiny-clip`;

/** The configuration that a package's page shows, whole. */
async function configurationOf(name: string): Promise<string> {
  const page = await readFile(new URL(`${name}/README.md`, PACKAGES), 'utf8');
  const blocks = page.matchAll(/```yaml\n(.*?)```/gs);
  return Array.from(blocks, ([, block]) => block).find((block) => block.startsWith('name:'))!;
}

/** Put a tiny model where one from the hub is looked for. */
async function standIn(path: string, model: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(`${TINY_MODELS}${model}`, path);
}

/** By stimulus, of the scenes of {@link makeProject}. */
async function captionGrids(): Promise<Map<string, CaptionGrid>> {
  const dataset = createSyntheticDataset();
  const context = { baseFolder: '.', device: 'cpu' } as const;
  const { stimuli } = await dataset.doOpen(dataset.parseOptions({ nStimuli: 24 }), context);
  return new Map(stimuli.map(({ id, captionGrid }) => [id, captionGrid!]));
}

async function writeGrids(project: Project, grids: ReadonlyMap<string, CaptionGrid>): Promise<void> {
  const lines = Array.from(grids, ([id, { height, width, cells }]) => {
    const rows = Array.from({ length: height }, (_, row) => cells.slice(row * width, (row + 1) * width));
    return JSON.stringify({ id, cells: rows });
  });
  await writeFile(project.path('data', 'caption-grids.jsonl'), lines.join('\n'));
}

async function projectWithGrids(): Promise<Project> {
  const project = await makeProject();
  await writeGrids(project, await captionGrids());
  return project;
}

const dense = { backend: 'llm', model: CLIP, layers: ['embedding'], options: { input: 'caption-grid' } };

/** A score of the summary that a comparison prints. */
interface Cell {
  readonly region: string;
  readonly readout: string;
  readonly model: string;
  readonly mean: number;
}

describe('dense captions', () => {
  it('tell of the synthetic scenes what stands where, and single captions what it is, as one page shows', async () => {
    const folder = await makeTemporaryFolder();
    await writeFile(`${folder}/plan.yaml`, await configurationOf('backend-llm'));
    await standIn(`${folder}/models/Xenova/clip-vit-base-patch32`, 'tiny-clip');
    const { code, stdout, stderr } = await run(folder, 'compare', 'plan.yaml', '--json');
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('Left out: ridge on dense captions, trained'),
    ]);
    const { cells } = JSON.parse(stdout) as { cells: Cell[] };
    const scores = new Map(
      cells.map((cell) => [`${cell.region}, ${cell.readout}, ${cell.model}`, cell.mean]),
    );
    const gain = (region: string, readout: string, model: string) =>
      scores.get(`${region}, ${readout}, ${model}`)! - scores.get(`${region}, ${readout}, single captions`)!;
    expect(gain('early', 'ridge', 'dense captions')).toBeGreaterThan(0.1);
    expect(gain('early', 'factorized', 'dense captions, trained')).toBeGreaterThan(0.1);
    expect(gain('late', 'ridge', 'dense captions')).toBeLessThan(-0.1);
  });

  it('are read from a folder, and go into a core that is trained, as the other page shows', async () => {
    const project = await projectWithGrids();
    await rename(project.path('data'), project.path('my-data'));
    await writeFile(project.path('plan.yaml'), await configurationOf('backend-response-optimized'));
    await standIn(project.path('models/Xenova/all-mpnet-base-v2'), 'tiny-mpnet');
    const { code, stderr } = await compare(project);
    expect([code, stderr]).toEqual([0, expect.stringContaining('tasks done')]);
    const { models } = JSON.parse(await readFile(project.path('out', 'record.json'), 'utf8')) as RunRecord;
    expect(models).toMatchObject([
      {
        card: { preprocessing: expect.stringContaining('a grid of 8 x 8 captions over the image') },
        layers: [{ shape: [16, 8, 8] }],
        core: expect.stringContaining('2 convolutions of 6 fields'),
      },
    ]);
    const report = await readFile(project.path('out', 'report.html'), 'utf8');
    expect(report).toContain('a grid of 8 x 8 captions over the image');
  });

  it('are read again where a cell has changed, and nothing else is', async () => {
    const project = await projectWithGrids();
    await project.configure({ models: [...configuration.models, dense], split: { kind: 'holdout' } });
    await compare(project);
    await compare(project, 'again');
    expect(await summaryOf(project, 'again')).toMatchObject({ performed: 0 });

    const grids = await captionGrids();
    const [[id, { cells, ...size }]] = grids;
    grids.set(id, { ...size, cells: cells.with(9, 'a blue ring') });
    await writeGrids(project, grids);
    await compare(project, 'changed');
    // Features, fit, its summary and its score of the one layer; the ceiling and those of the other two layers stay.
    expect(await summaryOf(project, 'changed')).toMatchObject({ performed: 4, reused: 8 });
  });

  it.each([
    [
      'no stimulus has one',
      /.*/,
      'Stimulus "scene01" has no grid of captions, which model "tiny-clip" needs, nor have 23',
    ],
    [
      'one stimulus has none',
      /scene07/,
      'Stimulus "scene07" has no grid of captions, which model "tiny-clip" needs.',
    ],
  ])('are missed where %s', async (_, lacking, message) => {
    const project = await makeProject();
    const grids = [...(await captionGrids())].filter(([id]) => !lacking.test(id));
    if (grids.length > 0) await writeGrids(project, new Map(grids));
    await project.configure({ models: [dense] });
    const { code, stderr } = await compare(project);
    expect([code, stderr]).toEqual([3, expect.stringContaining(message)]);
  });

  it('are refused where the model reads grids of another size, with the option that fits', async () => {
    const project = await projectWithGrids();
    const options = { input: 'caption-grid', grid: { height: 3 } };
    await project.configure({ models: [{ ...dense, options }] });
    const { code, stderr } = await compare(project);
    expect([code, stderr]).toEqual([3, expect.stringContaining('grid: { height: 8, width: 8 }')]);
  });

  it('are asked for where a core that is made for them would be trained on single captions', async () => {
    const folder = await makeTemporaryFolder();
    const plan = (await configurationOf('backend-llm')).replaceAll('input: caption-grid', '');
    await writeFile(`${folder}/plan.yaml`, plan);
    await standIn(`${folder}/models/Xenova/clip-vit-base-patch32`, 'tiny-clip');
    const { code, stderr } = await run(folder, 'compare', 'plan.yaml');
    expect([code, stderr]).toEqual([4, expect.stringContaining('options: { input: caption-grid }')]);
  });
});
