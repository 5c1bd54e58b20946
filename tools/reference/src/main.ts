// `npm run reference -- <folder> [--json]`: does striate compute what the reference cases expect?

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StriateError } from '@striate/contracts';
import { formatResults } from './format.js';
import { listCases } from './reference-case.js';
import { runCase, type CaseResult } from './run-case.js';

const USAGE = `Usage: npm run reference -- <folder> [--json]
Runs striate on every reference case in the folder (one folder per case: case.json and .npy files).
Exit code: 0 all passed or skipped, 1 one failed, 2 wrong usage, 3 one is malformed.`;

async function main(): Promise<number> {
  const { folder, isJson } = readArguments();
  if (folder === undefined) {
    console.error(USAGE);
    return 2;
  }
  const results: CaseResult[] = [];
  // npm changes into the workspace's root; paths start where the user stands.
  for (const path of await listCases(resolve(process.env['INIT_CWD'] ?? '.', folder))) {
    results.push(await runCase(path));
  }
  console.log(isJson ? toJson(results) : formatResults(results));
  return exitCodeOf(results);
}

function readArguments(): { folder?: string; isJson: boolean } {
  try {
    const { values, positionals } = parseArgs({
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    return { folder: positionals.length === 1 ? positionals[0] : undefined, isJson: values.json };
  } catch {
    return { isJson: false };
  }
}

/** JSON has no infinity: an error that is infinite becomes `null`. */
function toJson(results: readonly CaseResult[]): string {
  return JSON.stringify(results, null, 2);
}

function exitCodeOf(results: readonly CaseResult[]): number {
  if (results.some(({ status }) => status === 'malformed')) return 3;
  return results.some(({ status }) => status === 'failed') ? 1 : 0;
}

process.exitCode = await main().catch((error: unknown) => {
  if (!StriateError.isInstance(error)) throw error;
  console.error(`${error.code}: ${error.message}\n${error.hint}`);
  return error.exitCode;
});
