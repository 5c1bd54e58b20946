import fc from 'fast-check';
import { rampColour, seriesStyle } from './colour.js';
import { fieldMap, isInFrame } from './field-map.js';
import { binShares, histogram } from './histogram.js';
import { lineChart } from './line-chart.js';
import { MOST_POINTS, dotPath, thinned, toSteps } from './points.js';
import { domainOf, linearScale, short, ticks } from './scale.js';
import { stripChart } from './strip.js';

const labels = { description: 'A chart', xLabel: 'x', yLabel: 'y' };

describe('linearScale', () => {
  it('maps the ends of the domain to the ends of the range', () => {
    const scale = linearScale([0, 2], [100, 0]);
    expect([scale(0), scale(1), scale(2)]).toEqual([100, 50, 0]);
  });
});

describe('ticks', () => {
  it('are round numbers inside the domain', () => {
    expect(ticks([0, 1])).toEqual([0, 0.2, 0.4, 0.6000000000000001, 0.8, 1]);
    expect(ticks([-3, 12])).toEqual([0, 5, 10]);
  });

  it('do not mind which way the axis runs', () => {
    expect(ticks([12, -3])).toEqual([0, 5, 10]);
  });

  it('are a handful for any domain', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6 }),
        (low, span) => {
          const marks = ticks([low, low + span]);
          expect(marks.length).toBeGreaterThanOrEqual(1);
          expect(marks.length).toBeLessThanOrEqual(6);
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });
});

describe('domainOf', () => {
  it('holds all defined values with a margin, and zero exactly where it is the lowest', () => {
    expect(domainOf([0.5, Number.NaN, 1], [0])).toEqual([0, 1.04]);
  });

  it('is a domain even of nothing or of one value', () => {
    expect(domainOf([Number.NaN])).toEqual([0, 1]);
    expect(domainOf([2])).toEqual([1.95, 2.05]);
  });
});

describe('short', () => {
  it.each([
    [0.6000000000000001, '0.6'],
    [-0.25, '−0.25'],
    [20000, '20000'],
    [0, '0'],
  ])('writes %d as %s', (value, expected) => {
    expect(short(value)).toBe(expected);
  });
});

describe('binShares', () => {
  it('counts the edges into the first and the last bin', () => {
    const shares = binShares([0, 0, 24, 12], [0, 24]);
    expect([shares[0], shares[12], shares[23]]).toEqual([0.5, 0.25, 0.25]);
  });

  it('adds up to one', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1 }), (values) => {
        expect(binShares(values, [-1, 1]).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      }),
      { numRuns: 50, seed: 1 },
    );
  });
});

describe('histogram', () => {
  it('leaves out undefined values, and distributions of nothing else', () => {
    const style = seriesStyle(0);
    const chart = histogram({
      ...labels,
      distributions: [
        { name: 'one', values: [1, 2, Number.NaN], style },
        { name: 'empty', values: [Number.NaN], style },
      ],
    });
    expect(chart.html).toContain('one: mean 1.500');
    expect(chart.html).not.toMatch(/empty|NaN/);
  });
});

describe('the axis of a histogram', () => {
  it('holds what it has to', () => {
    const distributions = [{ name: 'one', values: [4, 5], style: seriesStyle(0) }];
    const ticksOf = (including: number[]) =>
      [...histogram({ ...labels, distributions, including }).html.matchAll(/"middle"\s*>([\d.]+)</g)].map(
        ([, tick]) => tick,
      );
    expect(ticksOf([])).toEqual(['4', '4.5', '5']);
    expect(ticksOf([0])).toEqual(['0', '2', '4']);
  });
});

describe('lineChart', () => {
  const point = (x: number, y: number) => ({ x, y, error: 0.1, label: `layer ${x}` });

  it('draws a point per defined value and passes over undefined ones', () => {
    const points = [point(0, 0.2), point(0.5, Number.NaN), point(1, 0.4)];
    const { html } = lineChart({ ...labels, series: [{ name: 'net', index: 0, points }] });
    expect(html.match(/<circle/g)).toHaveLength(2);
    expect(html).toContain('net, layer 1: 0.400 ± 0.100');
    expect(html).not.toContain('NaN');
  });

  it('keeps the ceiling in view', () => {
    const series = [{ name: 'net', index: 0, points: [point(0, 0.2)] }];
    const { html } = lineChart({ ...labels, series, reference: { label: 'ceiling', low: 0.8, high: 0.9 } });
    const y = Number(/class="ceiling".*?y="([\d.-]+)"/s.exec(html)![1]);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(60);
  });
});

describe('stripChart', () => {
  it('draws a dot per defined value and a bar per strip', () => {
    const strips = [{ name: 'net', index: 0, mean: 0.2, values: [0.1, 0.3, Number.NaN] }];
    const { html } = stripChart({ ...labels, strips });
    expect(html.match(/<circle/g)).toHaveLength(2);
    expect(html).toContain('net: mean 0.200');
  });
});

describe('clouds of points', () => {
  it('places values in steps of the domain', () => {
    expect(toSteps([0, 0.5, 1, Number.NaN], [0, 1])).toEqual([0, 500, 1000, null]);
  });

  it('draws a dot only where both positions are defined', () => {
    expect(dotPath([1, null, 3], [4, 5, null])).toBe('M1 4h0');
  });

  it('thins by number alone, so that voxels stay paired', () => {
    const many = Array.from({ length: 2 * MOST_POINTS + 1 }, (_, i) => i);
    const few = thinned(many);
    expect(few.length).toBeLessThanOrEqual(MOST_POINTS);
    expect(few.slice(0, 3)).toEqual([0, 3, 6]);
    expect(thinned([1, 2])).toEqual([1, 2]);
  });
});

describe('fieldMap', () => {
  const draw = (x: number[], y: number[]) => fieldMap({ description: 'Centres', x, y, colour: 'red' }).html;

  it('places centres by the corners of the map: x to the right, y down', () => {
    const html = draw([-1, 1], [-1, 1]);
    // 1 of 1.25: steps 100 and 900 of 1000; the upward axis of the cloud turns y round.
    expect(html).toContain('d="M100 900h0M900 100h0"');
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) =>
      Number(new RegExp(`class="image"[^>]*\\s${name}="([\\d.]+)"`).exec(html)![1]),
    );
    expect(height).toBe(width);
    const [, left, top, across, up] = /translate\((\S+) (\S+)\) scale\((\S+) (\S+)\)/.exec(html)!.map(Number);
    expect(left + 100 * across).toBeCloseTo(x, 1);
    expect(top + 900 * up).toBeCloseTo(y, 1);
  });

  it('leaves out what is undefined or beyond the frame', () => {
    expect(draw([Number.NaN, 2, 0, 0], [0, 0, -1.3, 0]).match(/h0/g)).toHaveLength(1);
    expect([isInFrame(1.25, -1.25), isInFrame(1.26, 0), isInFrame(Number.NaN, 0)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('thins large clouds, pairs kept', () => {
    const many = Array.from({ length: 2000 }, (_, i) => i / 2000);
    const dots = draw(many, many).match(/M\d+ \d+h0/g)!;
    expect(dots.length).toBeLessThanOrEqual(500);
    const sums = dots.map((dot) => dot.match(/\d+/g)!.slice(0, 2).map(Number)).map(([x, y]) => x + y);
    expect(sums.every((sum) => Math.abs(sum - 1000) <= 1)).toBe(true);
  });
});

describe('colours', () => {
  it('never draw two of forty series alike', () => {
    const styles = Array.from({ length: 40 }, (_, i) => JSON.stringify(seriesStyle(i)));
    expect(new Set(styles).size).toBe(40);
  });

  /** WCAG relative luminance. */
  const luminance = (rgb: readonly number[]) => {
    const [r, g, b] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  it('of numbers grow brighter and keep their text readable (contrast of 4.5 and more)', () => {
    let darker = -1;
    for (let i = 0; i <= 50; i++) {
      const { background, text } = rampColour(i / 50);
      const here = luminance(background.match(/\d+/g)!.map(Number));
      const ink = text === '#000' ? 0 : 1;
      expect((Math.max(here, ink) + 0.05) / (Math.min(here, ink) + 0.05)).toBeGreaterThanOrEqual(4.5);
      expect(here).toBeGreaterThan(darker);
      darker = here;
    }
  });
});
