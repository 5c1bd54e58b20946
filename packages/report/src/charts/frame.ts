// Axes around a chart.

import { html, type Html } from '../html.js';
import { px, short, ticks, type Scale } from './scale.js';

const MARGIN = { top: 14, right: 14, bottom: 40, left: 50 };

interface Frame {
  readonly width: number;
  readonly height: number;
  /** What the chart shows, for those who do not see it. */
  readonly description: string;
  readonly x: Scale;
  readonly y: Scale;
  readonly xLabel: string;
  readonly yLabel: string;
  /** Instead of numbers along x. */
  readonly xTicks?: readonly { readonly at: number; readonly label: string }[];
}

/** The plotting area of a chart of some size. */
export function plotArea(width: number, height: number) {
  return {
    x: [MARGIN.left, width - MARGIN.right] as const,
    y: [height - MARGIN.bottom, MARGIN.top] as const,
  };
}

/** An SVG with axes, grid and a text alternative. */
export function framed(frame: Frame, content: readonly Html[]): Html {
  const { width, height, description, x, y, xLabel, yLabel } = frame;
  const [left, right] = x.range;
  const [bottom, top] = y.range;
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${description}">
    ${gridLines(frame)} ${xTicks(frame)}
    <line class="axis" x1="${px(left)}" x2="${px(right)}" y1="${px(bottom)}" y2="${px(bottom)}" />
    <text class="label" x="${px((left + right) / 2)}" y="${height - 6}" text-anchor="middle">${xLabel}</text>
    <text class="label" transform="translate(12 ${px((top + bottom) / 2)}) rotate(-90)" text-anchor="middle">
      ${yLabel}
    </text>
    ${content}
  </svg>`;
}

function gridLines({ x, y }: Frame): Html[] {
  const [left, right] = x.range;
  return ticks(y.domain).map(
    (at) =>
      html`<line class="grid" x1="${px(left)}" x2="${px(right)}" y1="${px(y(at))}" y2="${px(y(at))}" />
        <text class="tick" x="${px(left - 6)}" y="${px(y(at) + 4)}" text-anchor="end">${short(at)}</text>`,
  );
}

function xTicks({ x, y, xTicks }: Frame): Html[] {
  const marks = xTicks ?? ticks(x.domain).map((at) => ({ at, label: short(at) }));
  return marks.map(
    ({ at, label }) =>
      html`<text class="tick" x="${px(x(at))}" y="${px(y.range[0] + 16)}" text-anchor="middle"
        >${label}</text
      >`,
  );
}
