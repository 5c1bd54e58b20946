// Local oriented energy, the classical model of V1's complex cells (Adelson & Bergen 1985): the length of the responses of a
// pair of Gabor filters a quarter of a cycle apart, averaged over the cells of a grid.

export const N_ORIENTATIONS = 4;
/** The grid has so many cells along each side. */
export const N_CELLS = 4;
const REACH = 4;
const WAVELENGTH = 4;
const ENVELOPE_SD = 2;
const LUMA = [0.299, 0.587, 0.114]; // ITU-R BT.601

/**
 * Measure the oriented energy of an image.
 *
 *     E_o(cell) = mean over the cell of sqrt((L * even_o)^2 + (L * odd_o)^2),   L = luminance in 0..1, zeros around the image
 *
 * @param pixels RGB bytes, [row, column, channel].
 * @param size   Width and height, a multiple of the grid's 4 cells.
 * @returns [orientation, row of cells, column of cells], 4 x 4 x 4.
 */
export function orientedEnergy(pixels: Uint8Array, size: number): Float64Array {
  const luminance = paddedLuminance(pixels, size);
  const energy = new Float64Array(N_ORIENTATIONS * N_CELLS * N_CELLS);
  const cell = size / N_CELLS;
  for (let orientation = 0; orientation < N_ORIENTATIONS; orientation++) {
    const { even, odd } = GABORS[orientation];
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const a = filterAt(luminance, size, row, column, even);
        const b = filterAt(luminance, size, row, column, odd);
        const at = (orientation * N_CELLS + Math.floor(row / cell)) * N_CELLS + Math.floor(column / cell);
        energy[at] += Math.sqrt(a * a + b * b) / cell ** 2;
      }
    }
  }
  return energy;
}

const SIDE = 2 * REACH + 1;
const GABORS = Array.from({ length: N_ORIENTATIONS }, (_, orientation) => {
  const angle = (Math.PI * orientation) / N_ORIENTATIONS;
  return { even: gabor(angle, 0), odd: gabor(angle, Math.PI / 2) };
});

/** Its mean is taken off, so that plain brightness drives it nowhere. */
function gabor(angle: number, phase: number): Float64Array {
  const filter = Float64Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [x, y] = [(i % SIDE) - REACH, Math.floor(i / SIDE) - REACH];
    const along = x * Math.cos(angle) + y * Math.sin(angle);
    return (
      Math.exp(-(x * x + y * y) / (2 * ENVELOPE_SD ** 2)) *
      Math.cos((2 * Math.PI * along) / WAVELENGTH + phase)
    );
  });
  const mean = filter.reduce((sum, value) => sum + value, 0) / filter.length;
  return filter.map((value) => value - mean);
}

/** Luminance in 0..1 with a border of zeros as wide as the filters reach. */
function paddedLuminance(pixels: Uint8Array, size: number): Float64Array {
  const width = size + 2 * REACH;
  const luminance = new Float64Array(width * width);
  for (let i = 0; i < size * size; i++) {
    const [red, green, blue] = pixels.subarray(3 * i, 3 * i + 3);
    const at = (Math.floor(i / size) + REACH) * width + (i % size) + REACH;
    luminance[at] = (LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue) / 255;
  }
  return luminance;
}

function filterAt(
  luminance: Float64Array,
  size: number,
  row: number,
  column: number,
  filter: Float64Array,
): number {
  const width = size + 2 * REACH;
  let sum = 0;
  for (let y = 0; y < SIDE; y++) {
    const start = (row + y) * width + column;
    for (let x = 0; x < SIDE; x++) sum += luminance[start + x] * filter[y * SIDE + x];
  }
  return sum;
}
