import type { RunRecord } from '@striate/contracts';

/** Several of what was recorded, in words. */
export function unitsOf({ dataset: { recordingKind } }: Pick<RunRecord, 'dataset'>): string {
  return recordingKind === 'vertex' ? 'vertices' : `${recordingKind}s`;
}
