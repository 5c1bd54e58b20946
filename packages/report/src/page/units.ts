import { pluralOf, type RunRecord } from '@striate/contracts';

/** Several of what was recorded, in words. */
export function unitsOf({ dataset }: Pick<RunRecord, 'dataset'>): string {
  return pluralOf(dataset.recordingKind);
}
