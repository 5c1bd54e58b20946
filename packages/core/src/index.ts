// Composition of a run: plugins, configuration, plan, execution, artefacts, record.

export * from './comparison/compare.js';
export type { OpenModel } from './comparison/models.js';
export { openComparison, type OpenComparison, type Surroundings } from './comparison/open.js';
export { summarise } from './comparison/summary.js';
export type { OpenUnion } from './comparison/unions.js';
export type { Cell, Selection } from './comparison/whole/cell.js';
export { fitWhole, type WholeFit, type WholeFitHooks } from './comparison/whole/fit.js';
export * from './configuration/read.js';
export { type Configuration } from './configuration/schema.js';
export * from './executor/index.js';
export type { ComparisonDescription } from './plan/description.js';
export { planComparison, totalCost } from './plan/plan.js';
export { makeFolds, type Fold } from './plan/split.js';
export { tasksOf, type ComparisonTask } from './plan/tasks.js';
export * from './registry/index.js';
export * from './store/index.js';
export { VERSION } from './version.js';
