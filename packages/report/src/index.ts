export { renderReport } from './page/page.js';
export { writeReport } from './page/write.js';
export { readRecord } from './record/read.js';
export { readRunFacts } from './record/run-facts.js';
export { fitRows, type FitRow } from './tables/fits.js';
export { scoreRows, type ScoreRow } from './tables/scores.js';
export { writeTables } from './tables/write.js';
