import { statfs } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { SEAM_NAMES, StriateError } from '@striate/contracts';
import { createLinearAlgebra, listDevices, type Device } from '@striate/compute';
import { openStore } from '@striate/core';
import { EXIT_CHECK_FAILED, EXIT_DONE } from '../../exit-code.js';
import type { Io } from '../../io.js';
import { formatBytes } from '../../progress.js';
import { openRegistry, storeFolder } from '../../surroundings.js';
import { formatTable } from '../../table.js';

export interface DoctorArgs {
  readonly json: boolean;
  readonly store?: string | undefined;
}

interface Finding {
  readonly what: string;
  readonly isGood: boolean;
  readonly detail: string;
}

/** `striate doctor`. */
export async function runDoctor(args: DoctorArgs, io: Io): Promise<number> {
  io.err('Each device is tried; of one that is not there, its driver may complain here.\n');
  const findings = [
    await examine('node', () => Promise.resolve(`${process.version}, ${process.platform} ${process.arch}`)),
    await examine('machine', () =>
      Promise.resolve(`${cpus().length} cores, ${formatBytes(totalmem())} of memory`),
    ),
    await examine('engine', examineEngine),
    await examine('devices', examineDevices),
    await examine('store', () => examineStore(storeFolder(io, args.store))),
    ...(await examinePlugins(io)),
  ];
  const rows = findings.map(({ what, isGood, detail }) => [what, isGood ? 'ok' : 'PROBLEM', detail]);
  io.out(
    args.json ? `${JSON.stringify(findings, null, 2)}\n` : formatTable(['part', 'state', 'detail'], rows),
  );
  return findings.every(({ isGood }) => isGood) ? EXIT_DONE : EXIT_CHECK_FAILED;
}

async function examine(what: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { what, isGood: true, detail: await look() };
  } catch (error) {
    const hint = StriateError.isInstance(error) && error.hint ? ` ${error.hint}` : '';
    return {
      what,
      isGood: false,
      detail: `${error instanceof Error ? error.message : String(error)}${hint}`,
    };
  }
}

async function examineEngine(): Promise<string> {
  const n = 512;
  const algebra = createLinearAlgebra();
  const matrix = { rows: n, columns: n, data: new Float32Array(n * n).fill(1) };
  try {
    await algebra.product(matrix, matrix);
    const start = performance.now();
    await algebra.product(matrix, matrix);
    const gigaflops = (2 * n ** 3) / (performance.now() - start) / 1e6;
    return `ONNX Runtime runs, about ${gigaflops.toFixed(0)} GFLOP/s in float32 products of ${n} x ${n}`;
  } finally {
    await algebra.dispose();
  }
}

/** A library for a device says nothing of the device: a product tells. */
async function examineDevices(): Promise<string> {
  const usable: string[] = [];
  const unusable: string[] = [];
  for (const device of listDevices()) ((await computesOn(device)) ? usable : unusable).push(device);
  return `usable: ${usable.join(', ')}${unusable.length > 0 ? `; not on this machine: ${unusable.join(', ')}` : ''}`;
}

async function computesOn(device: Device): Promise<boolean> {
  const algebra = createLinearAlgebra({ device });
  const matrix = { rows: 1, columns: 1, data: Float32Array.of(2) };
  try {
    const { data } = await algebra.product(matrix, matrix);
    await algebra.dispose();
    return data[0] === 4;
  } catch {
    return false;
  }
}

async function examineStore(folder: string): Promise<string> {
  await openStore(folder);
  const { bavail, bsize } = await statfs(folder);
  return `${folder} can be written; ${formatBytes(bavail * bsize)} free`;
}

async function examinePlugins(io: Io): Promise<Finding[]> {
  const registry = await openRegistry(io);
  const byPlugin = new Map<string, (() => Promise<unknown>)[]>();
  const ids = new Map<string, string[]>();
  for (const seam of SEAM_NAMES) {
    for (const { id, plugin } of registry.list(seam)) {
      byPlugin.set(plugin, [...(byPlugin.get(plugin) ?? []), () => registry.get(seam, id)]);
      ids.set(plugin, [...(ids.get(plugin) ?? []), id]);
    }
  }
  const findings: Finding[] = [];
  for (const [plugin, loads] of byPlugin) {
    findings.push(
      await examine(plugin, async () => {
        for (const load of loads) await load();
        return ids.get(plugin)!.join(', ');
      }),
    );
  }
  return findings;
}
