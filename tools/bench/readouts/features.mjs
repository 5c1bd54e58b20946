// Feature maps in a file, read by rows when they are asked for, as the artefact store does.

const AXES = ['channel', 'height', 'width'];

/**
 * Some stimuli of a file of maps; the first half of the channels and the others are a feature space each.
 *
 * @param file   Open; float32, [stimulus, ...shape].
 * @param shape  [channel, height, width].
 * @param first  The first of the stimuli.
 * @param count  How many.
 */
export function mapsInFile(file, shape, { first, count }) {
  const [channels, ...places] = shape;
  const half = [channels / 2, ...places];
  const part = (rowShape, offset) => ({
    stimulusIds: Array.from({ length: count }, (_, i) => `stimulus ${first + i}`),
    rowAxes: AXES,
    rowShape,
    dtype: 'float32',
    readRows: (rows, into) =>
      readRows(
        file,
        { stride: lengthOf(shape), offset, length: lengthOf(rowShape) },
        Array.from(rows, (row) => first + row),
        into,
      ),
  });
  const bands = [0, 1].map((i) => ({ name: `half ${i + 1}`, rows: part(half, i * lengthOf(half)) }));
  return { ...part(shape, 0), bands };
}

const lengthOf = (shape) => shape.reduce((product, size) => product * size);

async function readRows(
  file,
  { stride, offset, length },
  rows,
  into = new Float32Array(rows.length * length),
) {
  for (const [i, row] of rows.entries()) {
    const target = new Uint8Array(into.buffer, into.byteOffset + 4 * i * length, 4 * length);
    await file.read(target, 0, target.length, 4 * (row * stride + offset));
  }
  return into;
}
