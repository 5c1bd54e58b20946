import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { encodeModel } from '@striate/compute';
import { folderNotWritable } from '@striate/contracts';
import { fitWhole } from '@striate/core';
import { EXIT_DONE } from '../../exit-code.js';
import type { Io } from '../../io.js';
import { openPlan, openStoreOf } from '../../plan.js';
import { encodingModel } from './encoding-model.js';
import { provenanceOf } from './provenance.js';
import { verifyExport } from './verify.js';

export interface ExportArgs {
  readonly config: string;
  readonly onnx: string;
  readonly model?: string | undefined;
  readonly layer?: string | undefined;
  readonly readout?: string | undefined;
  readonly subject?: string | undefined;
  readonly store?: string | undefined;
  readonly var?: readonly string[] | undefined;
  readonly json: boolean;
}

/** `striate export`. */
export async function runExport(args: ExportArgs, io: Io): Promise<number> {
  const out = resolve(io.cwd, args.onnx);
  const { configuration, baseFolder, registry } = await openPlan(args, io);
  const store = await openStoreOf(args, io);
  const whole = await fitWhole(configuration, args, {
    ...{ registry, store, baseFolder, ...(io.signal ? { signal: io.signal } : {}) },
    onProgress: (fraction) => io.status?.(`fitting: ${Math.round(100 * fraction)} %`),
  });
  try {
    const bytes = encodeModel(await encodingModel(whole, provenanceOf(whole)));
    const { difference, nImages } = await verifyExport(bytes, whole);
    await writeWhole(out, bytes);
    io.status?.('');
    const facts = {
      onnx: out,
      bytes: bytes.length,
      nVoxels: whole.subject.voxelIds.length,
      nImages,
      difference,
    };
    io.out(args.json ? `${JSON.stringify(facts, null, 2)}\n` : `${describe(facts)}\n`);
    return EXIT_DONE;
  } finally {
    await whole.dispose();
  }
}

function describe(facts: {
  onnx: string;
  bytes: number;
  nVoxels: number;
  nImages: number;
  difference: number;
}): string {
  const { onnx, bytes, nVoxels, nImages, difference } = facts;
  return [
    onnx,
    `${(bytes / 1e6).toFixed(1)} MB: image, uint8 [height, width, 3] -> predictions, float32 [1, ${nVoxels}]`,
    `checked on ${nImages} images: at most ${difference.toExponential(1)} of the largest prediction from the pipeline`,
  ].join('\n');
}

/** The file appears whole or not at all. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}.draft`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, bytes);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw folderNotWritable({ path: dirname(path), cause });
  }
}
