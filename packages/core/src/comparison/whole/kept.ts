// A fit of a whole subject in the artefact store.

import type { ReadoutState } from '@striate/contracts';
import type { Artefact, ArtefactStore } from '../../store/index.js';
import type { FittedGroup } from '../fit-groups.js';
import type { Cell } from './cell.js';

export interface FittedGroups {
  readonly groups: readonly FittedGroup[];
  /** Of the responses, if the dataset says it. */
  readonly unit?: string | undefined;
}

/** Fit, if that was not done before, and keep it; what is returned was read from the store in either case. */
export async function keptOrFitted(
  store: ArtefactStore,
  key: string,
  { readout: { part }, model }: Cell,
  fit: () => Promise<FittedGroups>,
): Promise<FittedGroups> {
  if (!(await store.has(key))) await store.put(key, await toArtefact(await fit()));
  const { values, arrays } = await store.get(key);
  const { groups, unit } = values as unknown as KeptGroups;
  const restored = groups.map(({ voxels, state }, i) => ({
    voxels,
    fitted: part.fromState(stateOf(state, arrays, `${i}/`), model.core),
  }));
  return { groups: restored, unit };
}

interface KeptGroups {
  readonly groups: readonly { readonly voxels: readonly number[]; readonly state: Record<string, unknown> }[];
  readonly unit?: string;
}

async function toArtefact({ groups, unit }: FittedGroups): Promise<Artefact> {
  const arrays: Record<string, Artefact['arrays'][string]> = {};
  const kept: { voxels: readonly number[]; state: Record<string, unknown> }[] = [];
  for (const [i, { voxels, fitted }] of groups.entries()) {
    const state = await fitted.toState();
    for (const [name, array] of Object.entries(state.arrays)) arrays[`${i}/${name}`] = array;
    kept.push({ voxels, state: { ...state.values } });
  }
  return { values: { groups: kept, ...(unit === undefined ? {} : { unit }) }, arrays };
}

/** One group's state out of the arrays of all. */
function stateOf(values: Record<string, unknown>, arrays: Artefact['arrays'], prefix: string): ReadoutState {
  const own = Object.entries(arrays).filter(([name]) => name.startsWith(prefix));
  const unprefixed = own.map(([name, array]) => [name.slice(prefix.length), array]);
  return { values, arrays: Object.fromEntries(unprefixed) as ReadoutState['arrays'] };
}
