// Time and peak memory of training steps - forward, loss, backward, Adam - beside the same steps in PyTorch, where it is
// installed: in turn, each run in a process of its own.
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { SUBJECTS } from './subjects.mjs';

const REPEATS = 3;
const STEPS = 10;
const threads = String(availableParallelism());
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

export async function run() {
  const hasPeer = spawnSync('python3', ['-c', 'import torch']).status === 0;
  return {
    ...{ threads: Number(threads), precision: 'float32', repeats: REPEATS, steps: STEPS },
    peer: hasPeer ? 'torch' : null,
    results: SUBJECTS.map((subject) => runSubject(subject, hasPeer)),
  };
}

function runSubject({ name, shape, peer }, hasPeer) {
  const runs = { striate: [], torch: [] };
  for (let i = 0; i < REPEATS; i++) {
    runs.striate.push(measure(process.execPath, [here('./striate.mjs'), name, threads, String(STEPS)]));
    const args = [here('./torch_peer.py'), name, peer, JSON.stringify(shape), threads, String(STEPS)];
    if (hasPeer) runs.torch.push(measure('python3', args));
  }
  const striate = summarise(runs.striate);
  if (!hasPeer) return { name, shape, striate };
  const torch = summarise(runs.torch);
  const torchOverStriate = {
    time: torch.stepMilliseconds / striate.stepMilliseconds,
    peakMemory: torch.peakBytes / striate.peakBytes,
  };
  return { name, shape, striate, torch, torchOverStriate };
}

function measure(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
  return JSON.parse(stdout);
}

function summarise(runs) {
  const medians = runs.map((run) => median(run.stepMilliseconds));
  return {
    stepMilliseconds: median(medians),
    stepMillisecondsOfRuns: medians,
    peakBytes: median(runs.map((run) => run.peakBytes)),
  };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
