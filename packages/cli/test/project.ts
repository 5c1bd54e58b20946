// A small project on disk, as a user has one: images, responses, a network, a configuration.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunFacts } from '@striate/contracts';
import { createSyntheticDataset } from '@striate/datasets';
import { writeNpy } from '@striate/npy';
import { stringify } from 'yaml';
import { encodeOrientedEnergyNetwork } from '../src/commands/demo/oriented-energy-network.js';
import { makeTemporaryFolder } from './temporary-folder.js';

const BIN = resolve(dirname(fileURLToPath(import.meta.url)), '../dist/bin.js');
const N_STIMULI = 24;
const N_VOXELS = 6;
const N_REPETITIONS = 3;

export const preprocessing = {
  ...{ size: [64, 64], resize: 'squash', interpolation: 'bilinear' },
  ...{ scale: '0..1', mean: [0, 0, 0], sd: [1, 1, 1] },
};

export const configuration = {
  name: 'small',
  dataset: { id: 'folder', options: { path: 'data' } },
  models: [
    {
      name: 'energy',
      backend: 'onnx',
      model: 'energy.onnx',
      layers: ['luminance', 'pooled_energy'],
      options: { preprocessing },
    },
  ],
  readouts: [{ id: 'ridge', options: { folds: 3 } }],
  scorers: ['pearson'],
  ceiling: 'nsd',
  conventions: ['raw', 'paper'],
  split: { kind: 'folds', folds: 3 },
};

export interface Project {
  readonly folder: string;
  path(...parts: string[]): string;
  /** Change the configuration and write it. */
  configure(change: object): Promise<void>;
}

/** Write a project into a temporary folder. */
export async function makeProject(): Promise<Project> {
  const folder = await makeTemporaryFolder();
  const path = (...parts: string[]) => join(folder, ...parts);
  const configure = (change: object) =>
    writeFile(path('plan.yaml'), stringify({ ...configuration, ...change }));
  await mkdir(path('data', 'images'), { recursive: true });
  await writeFile(path('energy.onnx'), encodeOrientedEnergyNetwork());
  const dataset = createSyntheticDataset();
  const options = dataset.parseOptions({ nStimuli: N_STIMULI });
  const { stimuli } = await dataset.doOpen(options, { baseFolder: folder, device: 'cpu' });
  for (const { id, image } of stimuli)
    await writeFile(path('data', 'images', `${id}.png`), await image!.readBytes());
  const ids = stimuli.map(({ id }) => id);
  await writeFile(
    path('data', 'dataset.json'),
    JSON.stringify({ name: 'small', recordingKind: 'voxel', unit: 'z' }),
  );
  await writeFile(
    path('data', 'stimuli.csv'),
    ['id,image', ...ids.map((id) => `${id},images/${id}.png`), ''].join('\n'),
  );
  await writeFile(path('data', 'responses.ids.txt'), `${ids.join('\n')}\n`);
  const voxels = Array.from({ length: N_VOXELS }, (_, i) => `v${i},one,${i < 4 ? 'V1' : 'V2'}`);
  await writeFile(path('data', 'voxels.csv'), ['id,subject,region', ...voxels, ''].join('\n'));
  await writeNpy(path('data', 'responses.npy'), [N_REPETITIONS, N_STIMULI, N_VOXELS], responses());
  await configure({});
  return { folder, path, configure };
}

/** A little signal and a little noise; what they are does not matter here. */
export function responses(nRepetitions = N_REPETITIONS): Float32Array {
  return Float32Array.from({ length: nRepetitions * N_STIMULI * N_VOXELS }, (_, i) => {
    const stimulus = Math.floor(i / N_VOXELS) % N_STIMULI;
    return Math.sin(stimulus * (1 + (i % N_VOXELS))) + 0.3 * Math.cos(7 * i);
  });
}

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Start the built command line in a folder. */
export function start(folder: string, args: readonly string[]): ChildProcess {
  const env = { ...process.env, NODE_OPTIONS: '' };
  return spawn(process.execPath, [BIN, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Run the built command line to its end. */
export function run(folder: string, ...args: string[]): Promise<Outcome> {
  const child = start(folder, args);
  let [stdout, stderr] = ['', ''];
  child.stdout!.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr!.on('data', (chunk) => (stderr += String(chunk)));
  return new Promise((done) => child.on('close', (code) => done({ code, stdout, stderr })));
}

/** Run the comparison of a project; `out` and `store` are folders inside it. */
export function compare(project: Project, out = 'out', store = 'store', ...more: string[]): Promise<Outcome> {
  return run(project.folder, 'compare', 'plan.yaml', '--out', out, '--store', store, '--json', ...more);
}

/** What a run says of itself, from its JSON. */
export async function summaryOf(project: Project, out = 'out'): Promise<RunFacts> {
  return JSON.parse(await readFile(project.path(out, 'run.json'), 'utf8')) as RunFacts;
}
