// What fits say of themselves: diagnostics per voxel, parameters, warnings.

import { encodeFloats, type FitRecord, type TaskGraph, type Warning } from '@striate/contracts';
import { tasksOf, type ComparisonTask } from '../../plan/tasks.js';
import type { ArtefactStore } from '../../store/index.js';

/** One record per cell of model, layer, readout and subject, folds put together. */
export async function gatherFits(
  graph: TaskGraph<ComparisonTask>,
  store: ArtefactStore,
): Promise<FitRecord[]> {
  const fits: FitRecord[] = [];
  for (const { key, model, layer, readout, subject } of tasksOf(graph, 'fit-summary')) {
    const { values, arrays } = await store.get(key);
    const { nParameters, warnings } = values as { nParameters: number; warnings: Warning[] };
    const perVoxel = Object.entries(arrays).map(([name, { data }]) => [
      name,
      encodeFloats(data as Float64Array),
    ]);
    fits.push({
      model,
      layer,
      readout,
      subject,
      nParameters,
      perVoxel: Object.fromEntries(perVoxel),
      warnings,
    });
  }
  return fits;
}
