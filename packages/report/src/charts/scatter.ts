import { html, type Html } from '../html.js';
import { framed, plotArea } from './frame.js';
import { cloud, dotPath } from './points.js';
import { linearScale, px } from './scale.js';

/** Points with the line of equality; both axes share one domain. */
export function scatter(chart: {
  readonly description: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly domain: readonly [number, number];
  /** Positions of the points in steps of the domain, see `toSteps`. */
  readonly x: readonly (number | null)[];
  readonly y: readonly (number | null)[];
  readonly colour: string;
}): Html {
  const [width, height] = [300, 300];
  const area = plotArea(width, height);
  const { domain, ...labels } = chart;
  const [x, y] = [linearScale(domain, area.x), linearScale(domain, area.y)];
  const [left, right] = domain.map((value) => px(x(value)));
  const [bottom, top] = domain.map((value) => px(y(value)));
  return framed({ width, height, ...labels, x, y }, [
    html`<line class="unity" x1="${left}" y1="${bottom}" x2="${right}" y2="${top}" />`,
    cloud(width, height, dotPath(chart.x, chart.y), chart.colour),
  ]);
}
