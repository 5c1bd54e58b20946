#!/usr/bin/env node
import 'reflect-metadata';
import { runCommandLine } from './cli.js';
import { terminalIo } from './io.js';

const controller = new AbortController();
// The first Ctrl-C ends after the current batch, and what is finished is kept; the second ends at once.
process.once('SIGINT', () => {
  process.stderr.write('\nStopping after the current batch; press Ctrl-C again to stop at once.\n');
  controller.abort();
  process.once('SIGINT', () => process.exit(130));
});

process.exitCode = await runCommandLine(process.argv.slice(2), terminalIo(controller.signal));
