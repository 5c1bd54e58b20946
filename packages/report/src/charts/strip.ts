import { html, type Html } from '../html.js';
import { seriesStyle } from './colour.js';
import { framed, plotArea } from './frame.js';
import { referenceBand, type Reference } from './reference.js';
import { domainOf, linearScale, px } from './scale.js';

export interface Strip {
  readonly name: string;
  /** Colour. */
  readonly index: number;
  readonly mean: number;
  /** One dot each; undefined ones (NaN) are left out. */
  readonly values: readonly number[];
}

/** Single values as dots, a column each, with a bar at their mean, and a ceiling. */
export function stripChart(chart: {
  readonly description: string;
  readonly yLabel: string;
  readonly strips: readonly Strip[];
  readonly reference?: Reference;
}): Html {
  const [width, height] = [440, 230];
  const area = plotArea(width, height);
  const { strips, reference, ...labels } = chart;
  const marks = reference ? [reference.low, reference.high] : [];
  const y = linearScale(
    domainOf(
      strips.flatMap(({ values }) => values),
      [0, ...marks],
    ),
    area.y,
  );
  const x = linearScale([0, strips.length], area.x);
  const columns = strips.map(({ name, index, mean, values }, column) => {
    const { colour } = seriesStyle(index);
    // Spread over a third of the column in the order of the values' positions: the same subject, the same place.
    const place = (i: number) => x(column + 1 / 3 + (i + 0.5) / values.length / 3);
    const dots = values.flatMap((value, i) =>
      Number.isNaN(value)
        ? []
        : [html`<circle cx="${px(place(i))}" cy="${px(y(value))}" r="3" fill="${colour}" opacity="0.65" />`],
    );
    const [from, to] = [x(column + 0.25), x(column + 0.75)];
    const bar = html`<path d="M${px(from)} ${px(y(mean))}H${px(to)}" stroke="${colour}" stroke-width="3"
      ><title>${`${name}: mean ${mean.toFixed(3)}`}</title></path
    >`;
    return html`${dots}${bar}`;
  });
  const band = reference ? [referenceBand(reference, x, y)] : [];
  const frame = { width, height, ...labels, x, y, xLabel: 'models, in the order of the legend', xTicks: [] };
  return framed(frame, [...band, ...columns]);
}
