// Colours that stay apart for colour-blind readers: Okabe & Ito's for categories (with a dash and a marker each, so
// that colour is never alone), and a blue-to-yellow ramp of even lightness for numbers.

const CATEGORIES = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7f7f7f', '#b8a900'];
const DASHES = ['none', '6 3', '2 3', '8 3 2 3', '12 4'];

export function categoryColour(index: number): string {
  return CATEGORIES[index % CATEGORIES.length];
}

export function categoryDash(index: number): string {
  return DASHES[index % DASHES.length];
}

const RAMP: readonly (readonly [number, number, number])[] = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
];

/** Background and text colour for a number between 0 and 1. */
export function rampColour(share: number): { background: string; text: string } {
  const place = Math.min(Math.max(share, 0), 1) * (RAMP.length - 1);
  const below = Math.min(Math.floor(place), RAMP.length - 2);
  const mixed = RAMP[below].map((value, i) =>
    Math.round(value + (place - below) * (RAMP[below + 1][i] - value)),
  );
  const lightness = 0.299 * mixed[0] + 0.587 * mixed[1] + 0.114 * mixed[2];
  return { background: `rgb(${mixed.join(' ')})`, text: lightness > 140 ? '#000' : '#fff' };
}
