import { StriateError } from '@striate/contracts';
import { PRECISIONS, TOLERANCES, type Check, type Precision } from './check.js';
import { findCheck } from './checks/find.js';
import { readCase, type ReferenceCase } from './reference-case.js';
import { largestRelativeError } from './relative-error.js';
import { basename } from 'node:path';

/** Only the precisions that the code under check has. */
export type PerPrecision = Readonly<Partial<Record<Precision, Readonly<Record<string, number>>>>>;

export interface CaseResult {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped' | 'malformed';
  /** Per precision, array and largest relative error. */
  readonly errors?: PerPrecision;
  /** Per precision and array, the largest error that passes. */
  readonly limits?: PerPrecision;
  /** Arrays that are neither input nor known to the check. */
  readonly notChecked?: readonly string[];
  /** Why it was skipped, or what is wrong with it. */
  readonly reason?: string;
}

/** Read one case and run the check that knows it, in both precisions. */
export async function runCase(folder: string): Promise<CaseResult> {
  try {
    const given = await readCase(folder);
    const check = findCheck(given);
    if ('reason' in check) return { name: given.name, status: 'skipped', reason: check.reason };
    return await compare(given, check);
  } catch (error) {
    if (!StriateError.isInstance(error) || error.kind !== 'data') throw error;
    return { name: basename(folder), status: 'malformed', reason: error.message };
  }
}

async function compare(given: ReferenceCase, check: Check): Promise<CaseResult> {
  const expected = [...given.arrays.keys()].filter((name) => check.outputs.test(name));
  const errors: Partial<Record<Precision, Record<string, number>>> = {};
  const limits: Partial<Record<Precision, Record<string, number>>> = {};
  const known = [...check.inputs, ...(check.optional ?? []), ...expected];
  let isWithin = true;
  for (const precision of check.precisions ?? PRECISIONS) {
    const actual = await check.compute(given, precision);
    errors[precision] = {};
    limits[precision] = {};
    for (const name of expected) {
      const error = largestRelativeError(actual[name], given.arrays.get(name)!.data, check.floor);
      const limit = check.tolerance?.(name) ?? TOLERANCES[precision];
      errors[precision][name] = error;
      limits[precision][name] = limit;
      isWithin &&= error <= limit;
    }
  }
  return {
    name: given.name,
    status: isWithin ? 'passed' : 'failed',
    errors,
    limits,
    notChecked: [...given.arrays.keys()].filter((name) => !known.includes(name)),
  };
}
