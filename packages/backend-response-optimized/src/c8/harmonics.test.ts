import { N_ROTATIONS, turnedHarmonics } from './harmonics.js';

/** [rotation][harmonic] → pixels. */
function listFilters(kernelSize: number): number[][][] {
  const { nHarmonics, data } = turnedHarmonics(kernelSize);
  const nPixels = kernelSize ** 2;
  return Array.from({ length: N_ROTATIONS }, (_, rotation) =>
    Array.from({ length: nHarmonics }, (_, j) => {
      const start = (rotation * nHarmonics + j) * nPixels;
      return [...data.subarray(start, start + nPixels)];
    }),
  );
}

const norm = (filter: number[]) => Math.hypot(...filter);
const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);

describe('turnedHarmonics', () => {
  it.each([
    [3, 6],
    [5, 11],
  ])('of a kernel of %i pixels are %i, each of norm 1', (kernelSize, count) => {
    const [upright] = listFilters(kernelSize);
    expect(upright).toHaveLength(count);
    for (const filter of upright) expect(norm(filter)).toBeCloseTo(1, 6);
  });

  it('begin with the middle pixel, and ring by ring with what has no direction', () => {
    const [upright] = listFilters(3);
    expect(upright[0]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0]);
    const [corner, edge] = [upright[1][0], upright[1][1]];
    // exp(-(sqrt(2) - 1)^2 / 2 s^2) over exp(0), with s = 0.4
    expect(corner / edge).toBeCloseTo(Math.exp(-((Math.SQRT2 - 1) ** 2) / 0.32), 6);
    expect(upright[1][4] / edge).toBeCloseTo(Math.exp(-1 / 0.32), 6);
  });

  it('turn counter-clockwise: what looks to the right looks up after two steps', () => {
    const filters = listFilters(3);
    const [right, left, up, down] = [5, 3, 1, 7];
    const cosine = filters[0][2];
    expect(cosine[right]).toBeGreaterThan(0);
    expect(cosine[left]).toBeCloseTo(-cosine[right], 6);
    expect(cosine[up]).toBeCloseTo(0, 6);
    const turned = filters[2][2];
    expect(turned[up]).toBeCloseTo(cosine[right], 6);
    expect(turned[down]).toBeCloseTo(-cosine[right], 6);
  });

  it('a sine is its cosine, turned by a quarter of its period', () => {
    const filters = listFilters(5);
    const [cosine2, sine2] = [filters[1][4], filters[0][5]]; // cos 2 (phi - 45 degrees) = sin 2 phi
    expect(dot(cosine2, sine2) / norm(cosine2) / norm(sine2)).toBeCloseTo(1, 6);
  });

  it('are linearly independent', () => {
    const [upright] = listFilters(5);
    const left: number[][] = [];
    for (const filter of upright) {
      const rest = left.reduce((now, other) => {
        const share = dot(now, other);
        return now.map((value, i) => value - share * other[i]);
      }, filter);
      expect(norm(rest)).toBeGreaterThan(0.1);
      left.push(rest.map((value) => value / norm(rest)));
    }
  });
});
