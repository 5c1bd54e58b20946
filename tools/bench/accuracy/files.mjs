// The files of a problem.
import { join } from 'node:path';
import { withNpy } from '@striate/npy';

/** Read an array of the problem's folder as float32. */
export function readTensor(folder, name) {
  return withNpy(join(folder, `${name}.npy`), async (file) => ({
    ...{ dtype: 'float32', shape: file.shape },
    data: Float32Array.from(await file.readFloats()),
  }));
}
