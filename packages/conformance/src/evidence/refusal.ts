import { StriateError } from '@striate/contracts';
import { demand } from '../law/breach.js';
import { describeError } from '../law/law.js';

/**
 * Demand that an action fails with an error of the catalogue.
 *
 * @param what   The action, for the message: `fitting with NaN features`.
 * @param action What has to fail.
 * @param code   Code of the error; any code if left out.
 * @returns The error.
 */
export async function demandRefusal(
  what: string,
  action: () => unknown,
  code?: string,
): Promise<StriateError> {
  const wanted = code ?? 'an error of the catalogue';
  const error = await errorOf(action);
  demand(error !== NOTHING, `${what} went through; it has to be refused with ${wanted}`);
  const isTyped = StriateError.isInstance(error) && (code === undefined || error.code === code);
  demand(isTyped, `${what} was refused with ${describeError(error)}; it has to be ${wanted}`);
  return error as StriateError;
}

const NOTHING = Symbol('no error');

async function errorOf(action: () => unknown): Promise<unknown> {
  try {
    await action();
    return NOTHING;
  } catch (error) {
    return error;
  }
}
