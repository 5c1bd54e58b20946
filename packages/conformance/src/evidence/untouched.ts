import type { FloatArray } from '@striate/contracts';
import { demandSameBits } from './same.js';

/** Demand that an action leaves named arrays as they were. */
export async function demandUntouched(
  arrays: Readonly<Record<string, FloatArray | Uint8Array | undefined>>,
  action: () => Promise<unknown>,
): Promise<void> {
  const before = Object.entries(arrays).map(([name, array]) => ({ name, array, copy: array?.slice() }));
  await action();
  for (const { name, array, copy } of before) {
    if (array && copy) demandSameBits(`${name}, which the caller owns,`, array, copy);
  }
}
