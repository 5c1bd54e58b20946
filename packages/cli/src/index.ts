export { buildParser, runCommandLine } from './cli.js';
export type { Io } from './io.js';
