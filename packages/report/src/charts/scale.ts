// Scales and numbers of charts.

export interface Scale {
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
  (value: number): number;
}

/** A linear map from values to pixels. */
export function linearScale(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const span = domain[1] - domain[0] || 1;
  const map = (value: number) => range[0] + ((value - domain[0]) / span) * (range[1] - range[0]);
  return Object.assign(map, { domain, range });
}

/** Round numbers inside a domain, whichever way it runs, about `count` of them. */
export function ticks(domain: readonly [number, number], count = 5): number[] {
  const [low, high] = [Math.min(...domain), Math.max(...domain)];
  const span = high - low;
  if (!(span > 0)) return [low];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough)!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** The smallest domain that holds all finite values, widened a little. */
export function domainOf(values: Iterable<number>, including: readonly number[] = []): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of [...values, ...including]) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  const margin = (high - low) * 0.04 || 0.05;
  return [low === 0 ? 0 : low - margin, high + margin];
}

/** A pixel position, short. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A number for a tick or a label. */
export function short(value: number): string {
  const rounded =
    Math.abs(value) >= 1000 || (value !== 0 && Math.abs(value) < 0.001)
      ? value.toExponential(0)
      : value.toPrecision(3);
  return String(Number(rounded)).replace('-', '\u2212');
}
