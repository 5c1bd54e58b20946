// The demo writes real files - a network, arrays of features, a configuration - and runs them as any comparison.

import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeSyntheticFeatures } from '@striate/datasets';
import { stringify } from 'yaml';
import type { Io } from '../../io.js';
import { runCompare } from '../compare/run.js';
import { requireWritable } from '../../output-folder.js';
import { encodeOrientedEnergyNetwork } from './oriented-energy-network.js';

export interface DemoArgs {
  readonly out?: string | undefined;
  readonly json: boolean;
  readonly seed: number;
}

/** `striate demo`. */
export async function runDemo({ out, json, seed }: DemoArgs, io: Io): Promise<number> {
  const folder = resolve(io.cwd, out ?? 'results/demo');
  const inputs = join(folder, 'inputs');
  await requireWritable(folder);
  await mkdir(inputs, { recursive: true });
  await writeFile(join(inputs, 'oriented-energy.onnx'), encodeOrientedEnergyNetwork());
  await writeSyntheticFeatures(inputs, { seed });
  const config = join(inputs, 'demo.yaml');
  await writeFile(config, stringify(demoConfiguration(seed)));
  io.err(`The demo's inputs are in ${inputs}; its configuration is ${config}.\n`);
  return runCompare({ config, out: folder, store: join(folder, 'store'), json, dryRun: false }, io);
}

function demoConfiguration(seed: number): object {
  return {
    name: 'demo',
    dataset: { id: 'synthetic', options: { seed } },
    models: [
      {
        name: 'oriented-energy',
        backend: 'onnx',
        model: 'oriented-energy.onnx',
        layers: ['luminance', 'energy', 'pooled_energy'],
        options: {
          preprocessing: {
            size: [64, 64],
            resize: 'squash',
            interpolation: 'bilinear',
            scale: '0..1',
            mean: [0, 0, 0],
            sd: [1, 1, 1],
          },
          card: { title: 'Oriented energy (Adelson & Bergen 1985), eight orientations', family: 'other' },
        },
      },
      { name: 'vision-features', backend: 'features', model: 'vision.npy' },
      { name: 'meaning-features', backend: 'features', model: 'meaning.npy' },
    ],
    readouts: ['ridge'],
    scorers: ['pearson', 'r2'],
    ceiling: 'nsd',
    conventions: ['raw', 'paper', 'nsd'],
    // By fold: what says nothing then scores 0; predictions of all folds together correlate with the folds' means.
    split: { kind: 'folds', folds: 5, scores: 'per-fold' },
    seed,
  };
}
