import { html, type Html } from '../html.js';
import { framed, plotArea } from './frame.js';
import { cloud, dotPath, thinned, toSteps } from './points.js';
import { linearScale, px } from './scale.js';

/** How far to look beyond the map, in half widths from its middle. */
export const FIELD_FRAME = 1.25;

/** Many charts stand side by side. */
const MOST_CENTRES = 500;

/**
 * Centres of receptive fields over the outline of the map, which is the image as the model sees it.
 *
 * @param chart.x In half widths from the middle, to the right; NaN, and what lies outside of the frame, is not drawn.
 * @param chart.y In half heights, down.
 */
export function fieldMap(chart: {
  readonly description: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly colour: string;
}): Html {
  const [width, height] = [310, 300]; // the plotting area is a square
  const area = plotArea(width, height);
  const x = linearScale([-FIELD_FRAME, FIELD_FRAME], area.x);
  const y = linearScale([FIELD_FRAME, -FIELD_FRAME], area.y);
  const shown = chart.x.map((at, i) => isInFrame(at, chart.y[i]));
  const steps = (values: readonly number[], domain: readonly [number, number]) =>
    toSteps(
      thinned(
        values.filter((_, i) => shown[i]),
        MOST_CENTRES,
      ),
      domain,
    );
  const dots = dotPath(steps(chart.x, x.domain), steps(chart.y, y.domain));
  const labels = {
    xLabel: 'half widths of the map, to the right',
    yLabel: 'half heights, down',
  };
  return framed({ width, height, description: chart.description, ...labels, x, y }, [
    html`<rect
      class="image"
      x="${px(x(-1))}"
      y="${px(y(-1))}"
      width="${px(x(1) - x(-1))}"
      height="${px(y(1) - y(-1))}"
    />`,
    html`<path
      class="unity"
      d="M${px(x(-1))} ${px(y(0))}H${px(x(1))}M${px(x(0))} ${px(y(-1))}V${px(y(1))}"
    />`,
    cloud(width, height, dots, chart.colour),
  ]);
}

/** Is a centre defined, and near enough to the map to be drawn? */
export function isInFrame(x: number, y: number): boolean {
  return Math.abs(x) <= FIELD_FRAME && Math.abs(y) <= FIELD_FRAME;
}
