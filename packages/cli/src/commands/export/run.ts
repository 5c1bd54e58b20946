import { encodeModel } from '@striate/compute';
import { fitWhole, type WholeFit } from '@striate/core';
import { EXIT_DONE } from '../../exit-code.js';
import type { Io } from '../../io.js';
import { openPlan, openStoreOf } from '../../plan.js';
import { createStatus } from '../../status.js';
import { describeExport } from './about.js';
import { encodingModel, featureGraph } from './encoding-model.js';
import { openTarget, type Exported, type ExportTarget } from './target.js';
import { verifyExport } from './verify.js';

export interface ExportArgs {
  readonly config: string;
  readonly onnx: string;
  readonly predictions: boolean;
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
  const target = await openTarget(args.onnx, io.cwd);
  const whole = await fit(args, target, io);
  try {
    for (const { code, message } of whole.warnings) io.err(`Warning (${code}): ${message}\n`);
    const model = await encodingModel(await featureGraph(whole), whole, describeExport(whole));
    const bytes = encodeModel(model);
    const { difference, nImages } = await verifyExport(bytes, whole);
    await target.write({ bytes, ...(args.predictions ? { predictions: await predictAll(whole) } : {}) });
    const facts = {
      onnx: target.path,
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

async function fit(args: ExportArgs, target: ExportTarget, io: Io): Promise<WholeFit> {
  const { configuration, baseFolder, registry } = await openPlan(args, io);
  const store = await openStoreOf(args, io);
  const status = createStatus(io);
  try {
    return await fitWhole(configuration, args, {
      ...{ registry, store, baseFolder, ...(io.signal ? { signal: io.signal } : {}) },
      // What can be refused is refused before anything is fitted.
      async onChosen(cell) {
        await featureGraph(cell);
        await target.prepare();
      },
      onProgress: (what, fraction) => status.show(`${what} ${Math.round(100 * fraction)} %`),
    });
  } finally {
    status.clear();
  }
}

async function predictAll(whole: WholeFit): Promise<NonNullable<Exported['predictions']>> {
  const { seen } = whole.subject;
  const stimulusIds = seen.map((position) => whole.comparison.stimuli[position].id);
  return { stimulusIds, values: await whole.predict(seen) };
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
