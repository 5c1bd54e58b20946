import { html, type Html } from '../html.js';
import { seriesStyle } from './colour.js';
import { framed, plotArea } from './frame.js';
import { referenceBand, type Reference } from './reference.js';
import { domainOf, linearScale, px, type Scale } from './scale.js';

export interface LinePoint {
  readonly x: number;
  /** NaN: the line passes over it. */
  readonly y: number;
  /** Half the height of the band around the line. */
  readonly error: number;
  readonly label: string;
}

export interface LineSeries {
  readonly name: string;
  /** Colour and dash. */
  readonly index: number;
  /** From left to right. */
  readonly points: readonly LinePoint[];
}

/** Lines with error bands over an axis without numbers, and a ceiling. */
export function lineChart(chart: {
  readonly description: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly LineSeries[];
  readonly reference?: Reference;
}): Html {
  const [width, height] = [440, 260];
  const area = plotArea(width, height);
  const { series, reference, ...labels } = chart;
  const all = series.flatMap(({ points }) => points);
  const ends = all.flatMap(({ y, error }) => [y - error, y + error]);
  const yDomain = domainOf(ends, [0, ...(reference ? [reference.low, reference.high] : [])]);
  const [x, y] = [linearScale([-0.02, 1.02], area.x), linearScale(yDomain, area.y)];
  const band = reference ? [referenceBand(reference, x, y)] : [];
  const lines = series.map((each) => line(each, x, y));
  return framed({ width, height, ...labels, x, y, xTicks: [] }, [...band, ...lines]);
}

function line({ name, index, points }: LineSeries, x: Scale, y: Scale): Html {
  const { colour, dash } = seriesStyle(index);
  const defined = points.filter((point) => Number.isFinite(point.y));
  const at = (point: LinePoint, value: number) => `${px(x(point.x))} ${px(y(value))}`;
  const upper = defined.map((point) => at(point, point.y + point.error));
  const lower = defined.map((point) => at(point, point.y - point.error)).reverse();
  const middle = defined.map((point) => at(point, point.y));
  const dots = defined.map(
    (point) =>
      html`<circle cx="${px(x(point.x))}" cy="${px(y(point.y))}" r="3" fill="${colour}"
        ><title>
          ${`${name}, ${point.label}: ${point.y.toFixed(3)} \u00b1 ${point.error.toFixed(3)}`}
        </title></circle
      >`,
  );
  return html`<polygon points="${[...upper, ...lower].join(' ')}" fill="${colour}" opacity="0.15" />
    <polyline
      points="${middle.join(' ')}"
      fill="none"
      stroke="${colour}"
      stroke-width="2"
      stroke-dasharray="${dash}"
    />${dots}`;
}
