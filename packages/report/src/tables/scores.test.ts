import { encodeFloats } from '@striate/contracts';
import { geometryOnlyRecord, smallRecord } from '../__fixtures__/small-record.js';
import { csvLines } from './csv.js';
import { scoreRows, scoreTable } from './scores.js';
import { columnNames } from './table.js';

describe('scoreRows', () => {
  it('gives the rows of the small record, one number each, in the order of the record', () => {
    expect([...csvLines(columnNames(scoreTable), scoreRows(smallRecord))]).toEqual(
      [
        'model,layer,readout,region,subject,voxel,metric,value,ceiling,convention,n',
        'gabor,energy,ridge,V1,s1,a,pearson,0.4,0.8,raw,4',
        'gabor,energy,ridge,V1,s1,b,pearson,0.25,0.5,raw,4',
        'gabor,energy,ridge,V1,s1,,pearson,0.5,NaN,paper,2',
        'gabor,energy,ridge,"V2, dorsal",s1,b,pearson,0.25,0.5,raw,4',
        'gabor,energy,ridge,"V2, dorsal",s1,c,pearson,NaN,NaN,raw,4',
        'gabor,energy,ridge,"V2, dorsal",s1,,pearson,0.5,NaN,paper,1',
        '"net ""A""",fc,ridge,V1,s1,a,pearson,0.2,0.8,raw,4',
        '"net ""A""",fc,ridge,V1,s1,b,pearson,0.3,0.5,raw,4',
        '"net ""A""",fc,ridge,V1,s1,,pearson,0.425,NaN,paper,2',
        '"net ""A""",fc,ridge,"V2, dorsal",s1,b,pearson,0.3,0.5,raw,4',
        '"net ""A""",fc,ridge,"V2, dorsal",s1,c,pearson,0.1,NaN,raw,4',
        '"net ""A""",fc,ridge,"V2, dorsal",s1,,pearson,NaN,NaN,paper,0',
        'gabor,energy,,V1,s1,,rsa,0.15,0.4,raw,12',
        'gabor,energy,,V1,s2,,rsa,0.25,0.4,raw,12',
      ].map((line) => `${line}\r\n`),
    );
  });

  it('has no rows of voxels where a run compares geometries only', () => {
    const rows = [...scoreRows(geometryOnlyRecord)];
    expect(rows.map(({ subject, value }) => [subject, value])).toEqual([
      ['s1', 0.15],
      ['s2', 0.25],
    ]);
  });

  it('has NaN for the ceiling where the run estimated none', () => {
    const [{ ceiling: _, ...subject }] = smallRecord.subjects;
    const [row] = scoreRows({ ...smallRecord, subjects: [subject] });
    expect(row).toMatchObject({ value: 0.4, ceiling: Number.NaN });
  });

  it('gives what a feature space earns of a score a metric of its own', () => {
    const [cell] = smallRecord.predictions;
    const parts = { words: encodeFloats(Float64Array.of(0.1, -0.2, NaN)) };
    const rows = [...scoreRows({ ...smallRecord, predictions: [{ ...cell, parts }], geometry: [] })];
    const ofPart = rows.filter(({ metric }) => metric !== cell.scorer);
    expect(ofPart.map(({ region, voxel, metric, value }) => [region, voxel, metric, value])).toEqual([
      ['V1', 'a', 'pearson:words', 0.1],
      ['V1', 'b', 'pearson:words', -0.2],
      ['V2, dorsal', 'b', 'pearson:words', -0.2],
      ['V2, dorsal', 'c', 'pearson:words', NaN],
    ]);
  });

  it('makes rows one at a time', () => {
    const endless = { ...smallRecord, geometry: undefined as never };
    expect(scoreRows(endless).next().value).toMatchObject({ voxel: 'a' });
  });
});
