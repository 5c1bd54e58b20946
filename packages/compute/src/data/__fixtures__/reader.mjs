// A reader for worker threads: stimulus i is the pixels [i, i + 1, ...]. `options.fail` names a stimulus that cannot
// be read, `options.exit` one at which the thread ends, `options.milliseconds` how long a batch takes.
export function openReader({ size = 2, fail, exit, milliseconds = 0, refuse } = {}) {
  if (refuse) throw new Error('there is no such folder');
  return async (rows, into) => {
    if (rows.includes(fail)) throw new Error(`stimulus ${fail} is no image`);
    if (rows.includes(exit)) process.exit(3);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    const data = into?.pixels.data ?? new Float32Array(rows.length * size);
    rows.forEach((row, i) => {
      for (let j = 0; j < size; j++) data[i * size + j] = row + j;
    });
    return {
      pixels: { dtype: 'float32', shape: [rows.length, size], data },
      reused: { dtype: 'float32', shape: [1], data: Float32Array.of(into ? 1 : 0) },
    };
  };
}
