// Axes around a chart.

import { html, type Html } from '../page/html.js';
import { px, short, ticks, type Scale } from './scale.js';

export const MARGIN = { top: 14, right: 14, bottom: 40, left: 48 };

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly title: string;
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
  const { width, height, title, x, y, xLabel, yLabel } = frame;
  const [left, right] = x.range;
  const [bottom, top] = y.range;
  const xTicks = frame.xTicks ?? ticks(x.domain).map((at) => ({ at, label: short(at) }));
  const grid = ticks(y.domain).map(
    (at) =>
      html`<line class="grid" x1="${px(left)}" x2="${px(right)}" y1="${px(y(at))}" y2="${px(y(at))}" />
        <text class="tick" x="${px(left - 6)}" y="${px(y(at) + 4)}" text-anchor="end">${short(at)}</text>`,
  );
  const along = xTicks.map(
    ({ at, label }) =>
      html`<text class="tick" x="${px(x(at))}" y="${px(bottom + 16)}" text-anchor="middle">${label}</text>`,
  );
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
    <title>${title}</title>
    ${grid} ${along}
    <line class="axis" x1="${px(left)}" x2="${px(right)}" y1="${px(bottom)}" y2="${px(bottom)}" />
    <text class="label" x="${px((left + right) / 2)}" y="${px(height - 6)}" text-anchor="middle">
      ${xLabel}
    </text>
    <text class="label" transform="translate(12 ${px((top + bottom) / 2)}) rotate(-90)" text-anchor="middle">
      ${yLabel}
    </text>
    ${content}
  </svg>`;
}
