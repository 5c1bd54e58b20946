import fc from 'fast-check';
import { batchByLength } from './batches.js';

describe('batchByLength', () => {
  it('puts texts of one length together, and no more than fit', () => {
    const texts = [1, 2, 1, 1].map((length, i) => ({ text: `t${i}`, ids: Array<number>(length).fill(i) }));
    const named = batchByLength(texts, 2).map((batch) => batch.map(({ text }) => text));
    expect(named).toEqual([['t0', 't2'], ['t3'], ['t1']]);
  });

  it('holds every text once, in batches of one length that are not larger than asked for', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 5 }));
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 4 }), (all, batchSize) => {
        const texts = all.map((length, i) => ({ text: `${i}`, ids: Array<number>(length).fill(0) }));
        const batches = batchByLength(texts, batchSize);
        expect(
          batches
            .flat()
            .map(({ text }) => Number(text))
            .sort((a, b) => a - b),
        ).toEqual(all.map((_, i) => i));
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(batchSize);
          expect(new Set(batch.map(({ ids }) => ids.length)).size).toBe(1);
        }
      }),
    );
  });
});
