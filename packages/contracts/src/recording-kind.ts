/** What a dataset recorded: the unit that is predicted. */
export const RECORDING_KINDS = ['voxel', 'vertex', 'neuron', 'electrode'] as const;

export type RecordingKind = (typeof RECORDING_KINDS)[number];

/** Several of them, in words. */
export function pluralOf(kind: RecordingKind): string {
  return kind === 'vertex' ? 'vertices' : `${kind}s`;
}
