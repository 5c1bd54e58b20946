// Fitted partial least squares as arrays, for the store.

import type { Matrix } from '@striate/compute';
import { labelled, type ReadoutState } from '@striate/contracts';
import { readPerVoxel, writePerVoxel } from '../ridge/state.js';
import type { FittedGroup, FittedPls } from './fitted.js';

type Arrays = ReadoutState['arrays'];

interface StoredValues extends Pick<FittedPls, 'nVoxels' | 'nFeatures' | 'warnings'> {
  readonly nGroups: number;
}

export function writeState({ groups, nVoxels, nFeatures, perVoxel, warnings }: FittedPls): ReadoutState {
  const values: StoredValues = { nGroups: groups.length, nVoxels, nFeatures, warnings };
  const arrays: Record<string, Arrays[string]> = writePerVoxel(perVoxel);
  for (const [i, group] of groups.entries())
    for (const [name, array] of Object.entries(writeGroup(group))) arrays[`${name}${i}`] = array;
  return { arrays, values: { ...values } };
}

export function readState({ arrays, values }: ReadoutState): FittedPls {
  const { nGroups, ...facts } = values as unknown as StoredValues;
  const groups = Array.from({ length: nGroups }, (_, i) => readGroup(arrays, i));
  return { ...facts, groups, perVoxel: readPerVoxel(arrays) };
}

/** A component is a feature that is made of features: it has no axis of its own. */
function writeGroup({ voxels, means, rotations, loadings, intercepts }: FittedGroup): Arrays {
  return {
    voxels: labelled(['voxel'], [voxels.length], Float64Array.from(voxels)),
    means: labelled(['feature'], [means.length], means),
    rotations: labelled(['feature', 'feature'], [rotations.rows, rotations.columns], rotations.data),
    loadings: labelled(['voxel', 'feature'], [loadings.rows, loadings.columns], loadings.data),
    intercepts: labelled(['voxel'], [intercepts.length], intercepts),
  };
}

function readGroup(arrays: Arrays, i: number): FittedGroup {
  const vector = (name: string) => Float64Array.from(arrays[`${name}${i}`].data);
  const matrixOf = (name: string): Matrix<Float64Array> => {
    const [rows, columns] = arrays[`${name}${i}`].shape;
    return { rows, columns, data: vector(name) };
  };
  return {
    voxels: Int32Array.from(vector('voxels')),
    means: vector('means'),
    rotations: matrixOf('rotations'),
    loadings: matrixOf('loadings'),
    intercepts: vector('intercepts'),
  };
}
