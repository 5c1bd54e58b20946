import { orientedEnergy } from './oriented-energy.js';

const SIZE = 32;

function image(valueAt: (x: number, y: number) => number): Uint8Array {
  const pixels = new Uint8Array(SIZE * SIZE * 3);
  for (let i = 0; i < SIZE * SIZE; i++)
    pixels.fill(Math.round(valueAt(i % SIZE, Math.floor(i / SIZE))), 3 * i, 3 * i + 3);
  return pixels;
}

/** Energy of an orientation in one of the four inner cells. */
const inner = (energy: Float64Array, orientation: number) => energy[orientation * 16 + 5];

describe('orientedEnergy', () => {
  it('is zero where brightness is the same everywhere', () => {
    const energy = orientedEnergy(
      image(() => 200),
      SIZE,
    );
    for (const orientation of [0, 1, 2, 3]) expect(inner(energy, orientation)).toBeCloseTo(0, 12);
  });

  it('is largest for the orientation and wavelength of its filters, whatever the phase', () => {
    const vertical = [0, 1, 2].map((shift) =>
      orientedEnergy(
        image((x) => 128 + 100 * Math.cos(((x + shift) * Math.PI) / 2)),
        SIZE,
      ),
    );
    for (const energy of vertical) {
      for (const other of [1, 2, 3]) expect(inner(energy, 0)).toBeGreaterThan(5 * inner(energy, other));
      expect(inner(energy, 0)).toBeCloseTo(inner(vertical[0], 0), 6);
    }
    const horizontal = orientedEnergy(
      image((_, y) => 128 + 100 * Math.cos((y * Math.PI) / 2)),
      SIZE,
    );
    expect(inner(horizontal, 2)).toBeCloseTo(inner(vertical[0], 0), 6);
  });

  it('keeps to its cell', () => {
    const energy = orientedEnergy(
      image((x, y) => (x < 8 && y < 8 && x % 4 < 2 ? 255 : 0)),
      SIZE,
    );
    expect(energy[0]).toBeGreaterThan(0.1);
    expect(energy[15]).toBe(0); // the cell in the far corner
  });
});
