import { html, type Html } from '../html.js';
import { framed, plotArea } from './frame.js';
import { domainOf, linearScale, px, type Scale } from './scale.js';

export interface Distribution {
  readonly name: string;
  /** Undefined values (NaN) are left out. */
  readonly values: readonly number[];
  readonly style: { readonly colour: string; readonly dash: string };
}

const N_BINS = 24;

/** Shares of values per bin, as stepped outlines over one another, each with a line at its mean. */
export function histogram(chart: {
  readonly description: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly distributions: readonly Distribution[];
  /** Values that the axis holds, whether or not there are any. */
  readonly including?: readonly number[];
}): Html {
  const [width, height] = [440, 230];
  const area = plotArea(width, height);
  const { distributions, including, ...labels } = chart;
  const binned = distributions
    .map((each) => ({ ...each, values: each.values.filter((value) => !Number.isNaN(value)) }))
    .filter(({ values }) => values.length > 0);
  const all = binned.flatMap(({ values }) => values);
  const domain = domainOf(all, including);
  const x = linearScale(domain, area.x);
  const shares = binned.map(({ values }) => binShares(values, domain));
  const y = linearScale([0, Math.max(0.01, ...shares.flat()) * 1.05], area.y);
  const drawn = binned.map((each, i) => html`${outline(each, shares[i], x, y)}${meanLine(each, x, y)}`);
  return framed({ width, height, ...labels, x, y }, drawn);
}

/** Share of values in each of equal bins over a domain; the last bin holds its upper edge too. */
export function binShares(values: readonly number[], [low, high]: readonly [number, number]): number[] {
  const counts = new Array<number>(N_BINS).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * N_BINS);
    counts[Math.min(Math.max(bin, 0), N_BINS - 1)]++;
  }
  return counts.map((count) => count / values.length);
}

function outline({ style }: Distribution, shares: readonly number[], x: Scale, y: Scale): Html {
  const [low, high] = x.domain;
  const edge = (bin: number) => px(x(low + (bin * (high - low)) / N_BINS));
  const steps = shares.map((share, bin) => `V${px(y(share))}H${edge(bin + 1)}`).join('');
  return html`<path
    d="M${edge(0)} ${px(y(0))}${steps}V${px(y(0))}"
    fill="${style.colour}"
    fill-opacity="0.1"
    stroke="${style.colour}"
    stroke-width="1.6"
    stroke-dasharray="${style.dash}"
  />`;
}

function meanLine({ name, values, style }: Distribution, x: Scale, y: Scale): Html {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [bottom, top] = y.range;
  return html`<path
    d="M${px(x(mean))} ${px(bottom)}V${px(top)}"
    stroke="${style.colour}"
    stroke-dasharray="${style.dash}"
    opacity="0.7"
    ><title>${`${name}: mean ${mean.toFixed(3)}`}</title></path
  >`;
}
