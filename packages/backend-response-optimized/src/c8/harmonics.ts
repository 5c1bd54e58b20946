// Filters that can be turned: rings times circular harmonics, sampled on the pixels of a kernel.

/** Rotations of the group C8: multiples of 45 degrees. */
export const N_ROTATIONS = 8;

/** The highest angular frequency on a ring; e2cnn has the same for 3 x 3 and 5 x 5. */
const MAX_FREQUENCY = 2;

export interface TurnedHarmonics {
  readonly nHarmonics: number;
  /** [rotation, harmonic, pixel], pixels row by row. */
  readonly data: Float32Array;
}

interface Harmonic {
  /** Radius in pixels and width of the Gaussian profile. */
  readonly radius: number;
  readonly width: number;
  readonly frequency: number;
  /** 0 for the cosine, pi / 2 for the sine. */
  readonly phase: number;
}

/**
 * The basis filters in all eight directions: harmonic j turned by rotation x 45 degrees counter-clockwise,
 *
 *     exp(-(rho - r)^2 / 2 s^2) cos(m (phi - rotation pi / 4) - phase),
 *
 * rings r = 0, 1, ... (k - 1) / 2, angular frequencies m = 0, 1, 2 (0 alone in the middle), each filter of norm 1 where
 * it is not turned.
 *
 * @param kernelSize Odd, in pixels; 3 gives 6 harmonics, 5 gives 11.
 * @source Weiler & Cesa 2019, arXiv 1911.08251; rings, widths and frequencies as e2cnn's defaults, whose filters it spans.
 */
export function turnedHarmonics(kernelSize: number): TurnedHarmonics {
  const harmonics = listHarmonics(kernelSize);
  const nPixels = kernelSize ** 2;
  const data = new Float32Array(N_ROTATIONS * harmonics.length * nPixels);
  harmonics.forEach((harmonic, j) => {
    const norm = Math.hypot(...sample(harmonic, kernelSize, 0));
    for (let rotation = 0; rotation < N_ROTATIONS; rotation++) {
      const values = sample(harmonic, kernelSize, rotation).map((value) => value / norm);
      data.set(values, (rotation * harmonics.length + j) * nPixels);
    }
  });
  return { nHarmonics: harmonics.length, data };
}

function listHarmonics(kernelSize: number): readonly Harmonic[] {
  const outermost = (kernelSize - 1) / 2;
  const harmonics: Harmonic[] = [{ radius: 0, width: 0.005, frequency: 0, phase: 0 }];
  for (let radius = 1; radius <= outermost; radius++) {
    const width = radius === outermost ? 0.4 : 0.6;
    harmonics.push({ radius, width, frequency: 0, phase: 0 });
    for (let frequency = 1; frequency <= MAX_FREQUENCY; frequency++)
      for (const phase of [0, Math.PI / 2]) harmonics.push({ radius, width, frequency, phase });
  }
  return harmonics;
}

function sample({ radius, width, frequency, phase }: Harmonic, size: number, rotation: number): number[] {
  const middle = (size - 1) / 2;
  return Array.from({ length: size ** 2 }, (_, pixel) => {
    const [x, y] = [(pixel % size) - middle, middle - Math.floor(pixel / size)]; // y points up
    const rho = Math.hypot(x, y);
    if (rho === 0 && frequency > 0) return 0; // the middle has no direction
    const angle = Math.atan2(y, x) - (rotation * 2 * Math.PI) / N_ROTATIONS;
    return Math.exp(-((rho - radius) ** 2) / (2 * width ** 2)) * Math.cos(frequency * angle - phase);
  });
}
