export { defineLaws, type Law, type Subject } from './law/law.js';
export { runLaws, type Deviation, type LawResult } from './law/run-laws.js';
export type { DescribeOptions, DescribeSeam, SubjectFactory, TestRunner } from './law/describe-laws.js';
export { formatLawTables } from './law-tables.js';

export { backendLaws, describeBackend } from './backend/laws.js';
export type { BackendSubject } from './backend/subject.js';
export { describeReadout, readoutLaws } from './readout/laws.js';
export type { ReadoutSubject } from './readout/subject.js';
export { describeScorer, predictionScorerLaws } from './scorer/laws.js';
export type { ScorerSubject } from './scorer/subject.js';
export { describeGeometryScorer, geometryScorerLaws } from './geometry-scorer/laws.js';
export type { GeometryScorerSubject } from './geometry-scorer/subject.js';
export { ceilingLaws, describeCeiling } from './ceiling/laws.js';
export type { CeilingSubject } from './ceiling/subject.js';
export { conventionLaws, describeConvention } from './convention/laws.js';
export type { ConventionSubject } from './convention/subject.js';
export { datasetLaws, describeDataset } from './dataset/laws.js';
export type { DatasetSubject } from './dataset/subject.js';
