// npm run bench -- readouts [ids...] [--stimuli n] [--voxels n] [--options json]: time and peak memory of a fit of every
// readout, with one seed and what else is its default, on maps that are read from a file; each in a process of its own.
// A result says what ended a training: no gain (`patience`: time to convergence), or the cap on epochs (`maxEpochs`).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LOCATOR, MAP, N_TEST, writeProblem } from './problem.mjs';
import { openRegistry } from './registry.mjs';

export async function run(args) {
  const { ids, ...size } = readArguments(args);
  const registry = await openRegistry();
  const wanted = ids.length > 0 ? ids : registry.list('readouts').map(({ id }) => id);
  const readouts = await Promise.all(wanted.map((id) => registry.get('readouts', id)));
  const folder = mkdtempSync(join(tmpdir(), 'striate-bench-'));
  try {
    const hasLocator = readouts.some(({ wantsDescriptor }) => wantsDescriptor);
    await writeProblem(folder, { ...size, hasLocator });
    const results = wanted.map((id) => measure(folder, id, size));
    return { ...size, nTest: N_TEST, map: MAP, locator: LOCATOR, results };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readArguments(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      stimuli: { type: 'string', default: '9000' },
      voxels: { type: 'string', default: '5000' },
      options: { type: 'string', default: '{}' },
    },
  });
  return {
    ids: positionals,
    nStimuli: Number(values.stimuli),
    nVoxels: Number(values.voxels),
    options: JSON.parse(values.options),
  };
}

function measure(folder, id, size) {
  const script = fileURLToPath(new URL('measure.mjs', import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [script, folder, id, JSON.stringify(size)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`The fit of ${id} failed.`);
  console.error(stdout.trim()); // at once: the whole takes hours
  return JSON.parse(stdout);
}
