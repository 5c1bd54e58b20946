// What differs from run to run of the same plan - when, where, for how long - stands apart from the record, in `run.json`
// beside it. The report shows the times if it is there, and does without it.

import type { ExecutionSummary } from './executor.js';

/** How long a fit took when it was made, in this run or an earlier one. */
export interface FitTime {
  readonly model: string;
  readonly layer: string;
  readonly readout: string;
  readonly subject: string;
  /** Wall-clock seconds of reading, fitting and predicting, all folds together; null where they were not measured. */
  readonly seconds: number | null;
}

export interface RunFacts extends ExecutionSummary {
  /** Of the record that it belongs to. */
  readonly planKey: string;
  readonly striateVersion: string;
  /** ISO 8601. */
  readonly finishedAt: string;
  /** Wall-clock seconds of the whole run. */
  readonly seconds: number;
  readonly fits: readonly FitTime[];
  readonly machine: {
    readonly platform: string;
    readonly arch: string;
    readonly cpu?: string;
    readonly cores: number;
    readonly memoryBytes: number;
    readonly node: string;
  };
}
