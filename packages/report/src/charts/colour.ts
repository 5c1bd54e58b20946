// Colours that stay apart for colour-blind readers: Okabe & Ito's for categories, with a dash each, so that colour is
// never alone, and a dark-to-bright ramp of even steps (after viridis) for numbers. The colours of categories are
// variables of the page's style sheet, which has them for light and dark paper.

const N_COLOURS = 8;
const DASHES = ['none', '6 3', '2 3', '8 3 2 3', '12 4'];

/** How the series with a position is drawn. */
export function seriesStyle(index: number): { colour: string; dash: string } {
  return { colour: `var(--series-${index % N_COLOURS})`, dash: DASHES[index % DASHES.length] };
}

/** How ceilings are drawn: apart from every series. */
export const CEILING_STYLE = { colour: 'var(--soft)', dash: '3 3' };

const RAMP: readonly (readonly [number, number, number])[] = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
];

/** Background and text colour for a number between 0 and 1; numbers beyond are drawn as the nearer end. */
export function rampColour(share: number): { background: string; text: string } {
  const place = Math.min(Math.max(share, 0), 1) * (RAMP.length - 1);
  const below = Math.min(Math.floor(place), RAMP.length - 2);
  const mixed = RAMP[below].map((value, i) =>
    Math.round(value + (place - below) * (RAMP[below + 1][i] - value)),
  );
  // Above this luminance black stands out more than white: (L + 0.05) / 0.05 = 1.05 / (L + 0.05), as WCAG 2 measures it.
  return { background: `rgb(${mixed.join(' ')})`, text: luminance(mixed) > 0.179 ? '#000' : '#fff' };
}

/** Relative luminance of an sRGB colour (WCAG 2). */
function luminance(rgb: readonly number[]): number {
  const [red, green, blue] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
