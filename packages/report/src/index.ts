export { renderReport } from './page/page.js';
export { writeReport } from './page/write.js';
export { readRecord } from './record/read.js';
export { scoreRows, type ScoreRow } from './tables/rows.js';
export { writeTables } from './tables/write.js';
