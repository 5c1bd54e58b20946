// What trained readouts are made of. Each readout is a folder, and a module of its own: `@striate/readouts/<id>`.

export { powersOfTen } from './options/penalties.js';
export type {
  Fields,
  GraphInputs,
  GraphReadout,
  OpenGraphReadout,
  ReadoutSize,
} from './trained/graph-readout.js';
export { createTrainedReadout } from './trained/trained-readout.js';
export type { TrainingOptions } from './trained/training-options.js';
