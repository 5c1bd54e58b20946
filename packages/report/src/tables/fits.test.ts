import { encodeFloats } from '@striate/contracts';
import { geometryOnlyRecord, smallRecord } from '../__fixtures__/small-record.js';
import { csvLines } from './csv.js';
import { fitRows, fitTable } from './fits.js';
import { columnNames } from './table.js';

describe('fitRows', () => {
  it('gives a row per quantity, region and voxel, a voxel of two regions in each', () => {
    const [fit] = smallRecord.fits;
    const fieldX = encodeFloats(Float64Array.of(-0.5, 0.25, Number.NaN));
    const record = { ...smallRecord, fits: [{ ...fit, perVoxel: { ...fit.perVoxel, fieldX } }] };
    expect([...csvLines(columnNames(fitTable), fitRows(record))]).toEqual(
      [
        'model,layer,readout,region,subject,voxel,quantity,value,n_parameters',
        'gabor,energy,ridge,V1,s1,a,alpha,10,129',
        'gabor,energy,ridge,V1,s1,b,alpha,100,129',
        'gabor,energy,ridge,V1,s1,a,fieldX,-0.5,129',
        'gabor,energy,ridge,V1,s1,b,fieldX,0.25,129',
        'gabor,energy,ridge,"V2, dorsal",s1,b,alpha,100,129',
        'gabor,energy,ridge,"V2, dorsal",s1,c,alpha,1000,129',
        'gabor,energy,ridge,"V2, dorsal",s1,b,fieldX,0.25,129',
        'gabor,energy,ridge,"V2, dorsal",s1,c,fieldX,NaN,129',
      ].map((line) => `${line}\r\n`),
    );
  });

  it('passes over regions that a subject lacks', () => {
    expect([...fitRows({ ...smallRecord, regions: ['V3', 'V1'] })].map(({ region }) => region)).toEqual([
      'V1',
      'V1',
    ]);
  });

  it('is empty where nothing was fitted', () => {
    expect([...fitRows(geometryOnlyRecord)]).toEqual([]);
  });

  it('makes rows one at a time', () => {
    const endless = { ...smallRecord, fits: [smallRecord.fits[0], undefined as never] };
    expect(fitRows(endless).next().value).toMatchObject({ voxel: 'a', quantity: 'alpha', value: 10 });
  });
});
