import { html, type Html } from '../page/html.js';
import { categoryColour, categoryDash } from './colour.js';
import { framed, plotArea } from './frame.js';
import { domainOf, linearScale, px } from './scale.js';

export interface Distribution {
  readonly name: string;
  readonly index: number;
  readonly values: readonly number[];
}

const BINS = 24;

/** Shares of values per bin, as stepped outlines over one another, each with its mean. */
export function histogram(chart: {
  readonly title: string;
  readonly xLabel: string;
  readonly distributions: readonly Distribution[];
}): Html {
  const [width, height] = [440, 230];
  const area = plotArea(width, height);
  const domain = domainOf(chart.distributions.flatMap(({ values }) => values));
  const x = linearScale(domain, area.x);
  const shares = chart.distributions.map(({ values }) => binShares(values, domain));
  const y = linearScale([0, Math.max(0.01, ...shares.flat()) * 1.05], area.y);
  const step = (domain[1] - domain[0]) / BINS;
  const outlines = chart.distributions.map(({ name, index, values }, i) => {
    const points = shares[i].flatMap((share, bin) => [
      `${px(x(domain[0] + bin * step))},${px(y(share))}`,
      `${px(x(domain[0] + (bin + 1) * step))},${px(y(share))}`,
    ]);
    const base = [`${px(x(domain[0]))},${px(y(0))}`, ...points, `${px(x(domain[1]))},${px(y(0))}`].join(' ');
    const colour = categoryColour(index);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return html`<polyline
        points="${base}"
        fill="${colour}"
        fill-opacity="0.12"
        stroke="${colour}"
        stroke-width="1.6"
        stroke-dasharray="${categoryDash(index)}"
        ><title>${name}</title></polyline
      >
      <line
        x1="${px(x(mean))}"
        x2="${px(x(mean))}"
        y1="${px(y.range[0])}"
        y2="${px(y.range[1])}"
        stroke="${colour}"
        stroke-dasharray="${categoryDash(index)}"
        opacity="0.7"
        ><title>${`${name}: mean ${mean.toFixed(3)}`}</title></line
      >`;
  });
  const { title, xLabel } = chart;
  return framed({ width, height, title, x, y, xLabel, yLabel: 'share of voxels' }, outlines);
}

function binShares(values: readonly number[], [low, high]: readonly [number, number]): number[] {
  const shares = new Array<number>(BINS).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * BINS);
    shares[Math.min(Math.max(bin, 0), BINS - 1)] += 1 / values.length;
  }
  return shares;
}
