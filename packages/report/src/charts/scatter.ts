import { html, type Html } from '../page/html.js';
import { categoryColour } from './colour.js';
import { framed, plotArea } from './frame.js';
import { domainOf, linearScale, px } from './scale.js';

/** More points than this are thinned evenly, and the chart says so. */
const MOST_POINTS = 1500;

/** Points with the line of equality. */
export function scatter(chart: {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly index: number;
}): Html {
  const [width, height] = [300, 300];
  const area = plotArea(width, height);
  const defined = chart.points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  const domain = domainOf(defined.flat(), [0]);
  const [x, y] = [linearScale(domain, area.x), linearScale(domain, area.y)];
  const every = Math.ceil(defined.length / MOST_POINTS);
  const shown = defined.filter((_, i) => i % every === 0);
  const dots = shown.map(([a, b]) => html`<circle cx="${px(x(a))}" cy="${px(y(b))}" r="2" />`);
  const thinned = every > 1 ? ` (every ${every}th of ${defined.length} points)` : '';
  const { title, xLabel, yLabel, index } = chart;
  return framed({ width, height, title: title + thinned, x, y, xLabel: xLabel + thinned, yLabel }, [
    html`<line
      class="unity"
      x1="${px(x(domain[0]))}"
      y1="${px(y(domain[0]))}"
      x2="${px(x(domain[1]))}"
      y2="${px(y(domain[1]))}"
    />`,
    html`<g fill="${categoryColour(index)}" fill-opacity="0.45">${dots}</g>`,
  ]);
}
