export { renderReport } from './page/page.js';
export { writeReport } from './page/write.js';
export { readRecord } from './record/read.js';
export { csvLines } from './tables/csv.js';
export { encodeParquet } from './tables/parquet.js';
export { scoreRows, type ScoreRow } from './tables/rows.js';
export { writeTables } from './tables/write.js';
