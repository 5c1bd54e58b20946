import { html, type Html } from '../page/html.js';
import { categoryColour, categoryDash } from './colour.js';
import { framed, plotArea } from './frame.js';
import { domainOf, linearScale, px } from './scale.js';

export interface LinePoint {
  readonly x: number;
  readonly y: number;
  /** Half the height of the band around the line. */
  readonly error: number;
  readonly label: string;
}

export interface LineSeries {
  readonly name: string;
  /** Colour and dash. */
  readonly index: number;
  readonly points: readonly LinePoint[];
}

export interface Reference {
  readonly label: string;
  readonly low: number;
  readonly high: number;
}

/** Lines with error bands, and a band or line of reference (a ceiling). */
export function lineChart(chart: {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly LineSeries[];
  readonly reference?: Reference;
}): Html {
  const [width, height] = [440, 260];
  const area = plotArea(width, height);
  const all = chart.series.flatMap(({ points }) => points);
  const { reference } = chart;
  const marks = reference ? [reference.low, reference.high] : [];
  const yDomain = domainOf(
    all.flatMap(({ y, error }) => [y - error, y + error]),
    [0, ...marks],
  );
  const y = linearScale(yDomain, area.y);
  const x = linearScale(domainOf(all.map((point) => point.x)), area.x);
  const band = reference
    ? [
        html`<rect
          class="ceiling"
          x="${px(area.x[0])}"
          width="${px(area.x[1] - area.x[0])}"
          y="${px(y(reference.high))}"
          height="${px(Math.max(1.5, y(reference.low) - y(reference.high)))}"
          ><title>${reference.label}</title></rect
        >`,
      ]
    : [];
  const lines = chart.series.map(({ name, index, points }) => {
    const colour = categoryColour(index);
    const sorted = points.filter((point) => Number.isFinite(point.y)).sort((a, b) => a.x - b.x);
    const path = sorted
      .map((point, i) => `${i === 0 ? 'M' : 'L'}${px(x(point.x))} ${px(y(point.y))}`)
      .join('');
    const upper = sorted.map((point) => `${px(x(point.x))},${px(y(point.y + point.error))}`);
    const lower = sorted.map((point) => `${px(x(point.x))},${px(y(point.y - point.error))}`).reverse();
    const dots = sorted.map(
      (point) =>
        html`<circle cx="${px(x(point.x))}" cy="${px(y(point.y))}" r="3.2" fill="${colour}"
          ><title>
            ${`${name}, ${point.label}: ${point.y.toFixed(3)} \u00b1 ${point.error.toFixed(3)}`}
          </title></circle
        >`,
    );
    return html`<polygon points="${[...upper, ...lower].join(' ')}" fill="${colour}" opacity="0.15" />
      <path
        d="${path}"
        fill="none"
        stroke="${colour}"
        stroke-width="2"
        stroke-dasharray="${categoryDash(index)}"
      />${dots}`;
  });
  const { title, xLabel, yLabel } = chart;
  const noTicks = { xTicks: [...new Set(all.map((point) => point.x))].map((at) => ({ at, label: '' })) };
  return framed({ width, height, title, x, y, xLabel, yLabel, ...noTicks }, [...band, ...lines]);
}
