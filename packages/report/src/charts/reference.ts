import { html, type Html } from '../html.js';
import { px, type Scale } from './scale.js';

/** A ceiling: a band between two bounds, or a line if they are the same. */
export interface Reference {
  readonly label: string;
  readonly low: number;
  readonly high: number;
}

/** A grey band across the chart. */
export function referenceBand({ label, low, high }: Reference, x: Scale, y: Scale): Html {
  const [left, right] = x.range;
  return html`<rect
    class="ceiling"
    x="${px(left)}"
    width="${px(right - left)}"
    y="${px(y(high))}"
    height="${px(Math.max(1.5, y(low) - y(high)))}"
    ><title>${label}</title></rect
  >`;
}
