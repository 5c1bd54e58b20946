// Does training come out as in PyTorch? The same small CNN on the same pictures, from the same weights, in the same
// batches, trained here and, where torch is installed, there: loss and accuracy after every epoch of both.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TASK, writeProblem } from './problem.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

export async function run() {
  const hasPeer = spawnSync('python3', ['-c', 'import torch']).status === 0;
  const folder = mkdtempSync(join(tmpdir(), 'striate-bench-'));
  try {
    await writeProblem(folder);
    const striate = train(process.execPath, [here('./striate.mjs'), folder]);
    if (!hasPeer) return { task: TASK, peer: null, striate };
    const torch = train('python3', [here('./torch_peer.py'), folder, String(TASK.batchSize)]);
    return { task: TASK, peer: 'torch', striate, torch, largestDifference: compare(striate, torch) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function train(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
  return JSON.parse(stdout);
}

function compare(striate, torch) {
  const largest = (key) =>
    Math.max(...striate.curve.map((epoch, i) => Math.abs(epoch[key] - torch.curve[i][key])));
  return { loss: largest('loss'), accuracy: largest('accuracy') };
}
