export type { HistoryEntry } from './checkpoint.js';
export * from './loss.js';
export * from './optimiser.js';
export { decodeTensors, encodeTensors, type NamedTensors } from './safetensors.js';
export * from './schedule.js';
export type { StepOptions, TrainingProblem } from './problem.js';
export type { StepResult } from './step-session.js';
export { openTrainingStep, type TrainingStep } from './step.js';
export type { TrainingState } from './state.js';
export {
  train,
  type Batch,
  type TrainOptions,
  type Trained,
  type TrainingData,
  type TrainingProgress,
} from './train.js';
