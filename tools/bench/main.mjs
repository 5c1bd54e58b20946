// npm run bench -- <name> [arguments]: prints one JSON document with what was measured and on what machine.
import { arch, cpus, platform, totalmem } from 'node:os';

const BENCHMARKS = {
  accuracy: () => import('./accuracy/bench.mjs'),
  linalg: () => import('./linalg/bench.mjs'),
  readouts: () => import('./readouts/bench.mjs'),
  ridge: () => import('./ridge/bench.mjs'),
  training: () => import('./training/bench.mjs'),
};

const [name, ...args] = process.argv.slice(2);
const load = BENCHMARKS[name];
if (!load) {
  console.error(`There is no benchmark "${name ?? ''}". There are: ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(2);
}
const { run } = await load();
const machine = {
  platform: platform(),
  arch: arch(),
  cpu: cpus()[0].model,
  cores: cpus().length,
  memoryBytes: totalmem(),
  node: process.version,
};
console.log(JSON.stringify({ benchmark: name, machine, ...(await run(args)) }, null, 2));
