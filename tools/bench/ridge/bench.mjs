// Ridge with a penalty per voxel: striate and, where it is installed, himalaya on the same data, in turn, each run in a
// process of its own so that its peak memory is its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeProblem } from './problem.mjs';

const REPEATS = 3;
const SHAPES = [
  { nStimuli: 3000, nFeatures: 1000, nVoxels: 5000 },
  { nStimuli: 1000, nFeatures: 8000, nVoxels: 5000 },
];
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

export async function run() {
  const hasPeer = spawnSync('python3', ['-c', 'import himalaya']).status === 0;
  const results = [];
  for (const shape of SHAPES) results.push(await runShape(shape, hasPeer));
  return {
    penalties: 20,
    folds: 3,
    precision: 'float32',
    repeats: REPEATS,
    peer: hasPeer ? 'himalaya' : null,
    results,
  };
}

async function runShape(shape, hasPeer) {
  const folder = mkdtempSync(join(tmpdir(), 'striate-bench-'));
  try {
    await writeProblem(folder, shape);
    const runs = { striate: [], himalaya: [] };
    for (let i = 0; i < REPEATS; i++) {
      runs.striate.push(measure(process.execPath, [here('./striate.mjs'), folder]));
      if (hasPeer) runs.himalaya.push(measure('python3', [here('./himalaya_peer.py'), folder]));
    }
    const striate = summarise(runs.striate);
    if (!hasPeer) return { ...shape, striate };
    const himalaya = summarise(runs.himalaya);
    const ratios = {
      time: median(runs.striate.map((run, i) => runs.himalaya[i].fitSeconds / run.fitSeconds)),
      peakMemory: himalaya.peakBytes / striate.peakBytes,
    };
    return { ...shape, striate, himalaya, himalayaOverStriate: ratios, agreement: compare(folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
  return JSON.parse(stdout);
}

function summarise(runs) {
  const of = (key) => runs.map((run) => run[key]);
  return {
    fitSeconds: median(of('fitSeconds')),
    fitSecondsAll: of('fitSeconds'),
    peakBytes: median(of('peakBytes')),
    peakBytesBeforeFit: median(of('peakBytesBeforeFit')),
  };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** The same penalties? And how far apart are the predictions, relative to their largest? */
function compare(folder) {
  const read = (name) => {
    const bytes = readFileSync(join(folder, name));
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  };
  const [alphas, theirAlphas] = [read('striate.alphas'), read('himalaya.alphas')];
  const [predictions, theirs] = [read('striate.predictions'), read('himalaya.predictions')];
  const nVoxels = alphas.length;
  const isSame = alphas.map((alpha, i) => Number(Math.abs(alpha / theirAlphas[i] - 1) < 1e-4));
  let [scale, largest] = [0, 0];
  predictions.forEach((value, i) => {
    if (!isSame[i % nVoxels]) return;
    scale = Math.max(scale, Math.abs(theirs[i]));
    largest = Math.max(largest, Math.abs(value - theirs[i]));
  });
  const samePenalties = isSame.reduce((sum, flag) => sum + flag, 0);
  return { samePenalties, ofVoxels: nVoxels, largestRelativeDifference: largest / scale };
}
