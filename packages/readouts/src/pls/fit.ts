// One group of voxels that saw the same stimuli: choose the form, find components, see what each voxel has of them.

import { aborted, type StimulusByVoxel } from '@striate/contracts';
import { standardScale } from '../ridge/fit.js';
import type { VoxelGroup } from '../ridge/measured.js';
import { responseColumns, wholeResponses } from '../ridge/responses.js';
import { findComponents, type Search } from './components.js';
import type { FittedGroup } from './fitted.js';
import type { Form, FormInputs } from './form.js';
import { openKernel } from './kernel.js';
import type { PlsOptions } from './options.js';
import { openPrimal } from './primal.js';
import { loadingsOn } from './responses.js';

export interface GroupData
  extends Pick<FormInputs, 'algebra' | 'innerProducts' | 'reader'>, Omit<Search, 'count'> {
  readonly responses: StimulusByVoxel;
}

/** Share of the work after which components are looked for, and after which they are found. */
const PROGRESS = [0.5, 0.9] as const;

/**
 * Fit partial least squares for voxels that saw the same stimuli, in the form that is the smaller system.
 *
 * @returns What predicts, and the number of its components that had not converged.
 * @throws {DataError} `STRIATE_NON_FINITE`.
 * @throws {CapabilityError} `STRIATE_ABORTED`.
 */
export async function fitGroup(
  data: GroupData,
  { voxels, rows }: VoxelGroup,
  { components: count, standardise }: PlsOptions,
): Promise<{ readonly group: FittedGroup; readonly nUnconverged: number }> {
  const { algebra, reader, seed, signal, onProgress } = data;
  if (signal?.aborted) throw aborted('Fitting pls');
  const scale = standardise ? await standardScale(reader, rows) : undefined;
  const columns = responseColumns(data.responses, voxels, { intercept: true, precision: 'float64' });
  const { means: intercepts, training } = wholeResponses(columns, rows);
  const responses = { nVoxels: voxels.length, read: training, standardise };
  const form = await openForm({ ...data, rows, responses, ...(scale ? { scale } : {}) });
  const components = await findComponents(form, {
    ...{ count, seed, ...(signal ? { signal } : {}) },
    onProgress: (fraction) => onProgress?.(PROGRESS[0] + (PROGRESS[1] - PROGRESS[0]) * fraction),
  });
  const loadings = await loadingsOn(algebra, responses, await form.scores(components));
  const projection = await form.projection(components);
  onProgress?.(1);
  return { group: { voxels, loadings, intercepts, ...projection }, nUnconverged: components.nUnconverged };
}

/** The form that is the smaller system. */
function openForm(inputs: FormInputs): Promise<Form> {
  return inputs.reader.nFeatures < inputs.rows.length ? openPrimal(inputs) : openKernel(inputs);
}
