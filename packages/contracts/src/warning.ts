/** Something that a reader of the result must know; data in the run record, printed once. */
export interface Warning {
  /** Stable, kebab-case: `alpha-at-edge`. */
  readonly code: string;
  readonly message: string;
  /** How often it happened (voxels, stimuli, ...). */
  readonly count: number;
  /** Out of how many. */
  readonly total?: number;
}
