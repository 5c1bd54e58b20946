// Dense linear algebra beside numpy and scipy (LAPACK), where they are installed: in turn, each run in a process of its own.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { TASKS } from './tasks.mjs';

const REPEATS = 3;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

export async function run() {
  const hasPeer = spawnSync('python3', ['-c', 'import numpy, scipy']).status === 0;
  return {
    repeats: REPEATS,
    peer: hasPeer ? 'scipy' : null,
    results: TASKS.map((task) => runTask(task, hasPeer)),
  };
}

function runTask({ name, n, precision }, hasPeer) {
  const args = [name, String(n), precision];
  const runs = { striate: [], scipy: [] };
  for (let i = 0; i < REPEATS; i++) {
    runs.striate.push(measure(process.execPath, [here('./striate.mjs'), ...args]));
    if (hasPeer) runs.scipy.push(measure('python3', [here('./scipy_peer.py'), ...args]));
  }
  const striate = summarise(runs.striate);
  if (!hasPeer) return { name, n, precision, striate };
  const scipy = summarise(runs.scipy);
  return { name, n, precision, striate, scipy, scipyOverStriate: scipy.seconds / striate.seconds };
}

function measure(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
  return JSON.parse(stdout);
}

function summarise(runs) {
  const all = runs.map(({ seconds }) => seconds);
  return { seconds: [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)], secondsAll: all };
}
