import { encodeFloats } from '@striate/contracts';
import { smallRecord } from '../__fixtures__/small-record.js';
import { geometryCells, predictionCells } from './cells.js';
import { bestByRegion, bestLayers, bestOf, byScorer, ceilingOf, combinations, coverage } from './choose.js';

const floats = (...values: number[]) => encodeFloats(Float64Array.from(values));
const cells = predictionCells(smallRecord);
const find = (model: string, region: string) =>
  cells.find((cell) => cell.model === model && cell.region === region)!;

describe('predictionCells', () => {
  it('takes mean and standard error over the voxels of a region', () => {
    // 0.4 and 0.25: mean 0.325, sd 0.15 / sqrt 2, standard error 0.15 / 2.
    expect(find('gabor', 'V1')).toMatchObject({ mean: 0.325, n: 2, nUndefined: 0, depth: 0 });
    expect(find('gabor', 'V1').sem).toBeCloseTo(0.075, 12);
  });

  it('leaves undefined scores out and counts them', () => {
    expect(find('gabor', 'V2, dorsal')).toMatchObject({ mean: 0.25, sem: 0, n: 1, nUndefined: 1 });
  });

  it('keeps the ceilings of the same voxels beside the scores', () => {
    expect(find('gabor', 'V2, dorsal')).toMatchObject({
      values: [0.25, Number.NaN],
      ceilings: [0.5, Number.NaN],
    });
  });

  it('bounds R2 by the explainable variance and other scores by nothing', () => {
    const ofScorer = (id: string) => {
      const scorers = smallRecord.scorers.map((scorer) => ({ ...scorer, id }));
      return predictionCells({ ...smallRecord, scorers })[0].ceilings;
    };
    expect(ofScorer('r2')).toEqual([0.64, 0.25]);
    expect(ofScorer('another')).toEqual([]);
  });

  it('pools voxels over subjects and averages the numbers of conventions', () => {
    const [subject] = smallRecord.subjects;
    const [cell] = smallRecord.predictions;
    const second = {
      ...cell,
      subject: 's2',
      values: floats(0.7, 0.65, 0.1),
      regions: [{ ...cell.regions[0], conventions: [{ convention: 'paper', aggregate: 0.7, nVoxels: 2 }] }],
    };
    const record = {
      ...smallRecord,
      subjects: [subject, { ...subject, subject: 's2' }],
      predictions: [cell, second],
    };
    const [pooled] = predictionCells(record);
    expect(pooled).toMatchObject({ mean: 0.5, n: 4, values: [0.4, 0.25, 0.7, 0.65] });
    expect(pooled.conventions.get('paper')).toBeCloseTo(0.6, 12);
  });

  it('has NaN for a convention that is undefined in every subject', () => {
    expect(find('net "A"', 'V2, dorsal').conventions.get('paper')).toBeNaN();
  });
});

describe('geometryCells', () => {
  it('takes mean and standard error over subjects', () => {
    const [cell] = geometryCells(smallRecord);
    expect(cell).toMatchObject({ model: 'gabor', readout: '', mean: 0.2, n: 2, values: [0.15, 0.25] });
    expect(cell.sem).toBeCloseTo(0.05, 12);
  });
});

describe('bestLayers', () => {
  const cell = { ...cells[0], values: [], ceilings: [] };

  it('picks the layer with the largest mean for each model and readout', () => {
    const picked = bestLayers([
      { ...cell, layer: 'a', mean: 0.1 },
      { ...cell, layer: 'b', mean: 0.3 },
      { ...cell, layer: 'c', mean: 0.2 },
      { ...cell, layer: 'a', readout: 'other', mean: 0.05 },
    ]);
    expect(picked.map(({ layer, readout }) => [layer, readout])).toEqual([
      ['b', 'ridge'],
      ['a', 'other'],
    ]);
  });

  it('never picks a layer without a defined score', () => {
    expect(bestLayers([{ ...cell, mean: Number.NaN }])).toEqual([]);
  });
});

describe('bestOf', () => {
  const whole = { ...cells[0], mean: 0.2, n: 20, nUndefined: 0 };
  const few = { ...whole, mean: 0.9, n: 9, nUndefined: 11 };
  const half = { ...whole, mean: 0.5, n: 10, nUndefined: 10 };

  it('takes the largest mean', () => {
    expect(bestOf([whole, { ...whole, mean: 0.3 }])?.mean).toBe(0.3);
  });

  it('never takes one that is defined for less than half as many voxels as another', () => {
    expect(bestOf([few, whole])).toBe(whole);
    expect(bestOf([few, half, whole])).toBe(half);
    expect(bestOf([few])).toBe(few);
  });

  it('finds nothing where nothing is defined', () => {
    expect(bestOf([{ ...whole, mean: Number.NaN, n: 0, nUndefined: 20 }])).toBeUndefined();
    expect(bestOf([])).toBeUndefined();
  });
});

describe('coverage', () => {
  it('says for how many voxels a cell is defined where that is fewer than for another', () => {
    const [most, fewer] = [19, 15].map((n) => ({ ...cells[0], n, nUndefined: 20 - n }));
    expect([coverage(most, [most, fewer]), coverage(fewer, [most, fewer])]).toEqual(['', '15 of 20']);
  });
});

describe('byScorer', () => {
  it('puts readouts together, and names a single one', () => {
    const two = [...cells, { ...cells[0], readout: 'other' }];
    expect(byScorer(two).map(({ label }) => label)).toEqual(['pearson']);
    expect(byScorer(cells).map(({ label }) => label)).toEqual(['pearson, ridge']);
  });
});

describe('bestByRegion', () => {
  it('leaves out regions without scores', () => {
    const record = { ...smallRecord, regions: ['V1', 'V2, dorsal', 'V3'] };
    expect(bestByRegion(record, cells).map(({ region }) => region)).toEqual(['V1', 'V2, dorsal']);
  });
});

describe('combinations', () => {
  it('names scorer and readout, and the scorer alone for geometry', () => {
    const all = combinations([...cells, ...geometryCells(smallRecord)]);
    expect(all.map(({ label }) => label)).toEqual(['pearson, ridge', 'rsa']);
  });
});

describe('ceilingOf', () => {
  it('is the mean over the voxels whose score and ceiling are both defined', () => {
    expect(ceilingOf(smallRecord, find('gabor', 'V1'))).toMatchObject({ low: 0.65, high: 0.65 });
    expect(ceilingOf(smallRecord, find('net "A"', 'V2, dorsal'))).toMatchObject({ low: 0.5, high: 0.5 });
  });

  it('is the band over subjects for geometry', () => {
    expect(ceilingOf(smallRecord, geometryCells(smallRecord)[0])).toMatchObject({ low: 0.3, high: 0.4 });
  });

  it('is undefined where none was estimated', () => {
    expect(ceilingOf(smallRecord, { ...find('gabor', 'V1'), ceilings: [] })).toBeUndefined();
  });
});
