import { encodeFloats, type RunRecord } from '@striate/contracts';
import { smallRecord } from '../__fixtures__/small-record.js';
import { trainedRecord, trainedRunFacts } from '../__fixtures__/trained-record.js';
import { predictionCells } from './cells.js';
import { regionFits } from './region-fits.js';

const fitsOf = (record: RunRecord) => regionFits(record, predictionCells(record), trainedRunFacts);
const find = (record: RunRecord, readout: string, region: string) =>
  fitsOf(record).find(({ cell }) => cell.readout === readout && cell.region === region)!;

describe('regionFits', () => {
  it('gives the fit of every readout in every region, and nothing for models without fits', () => {
    expect(fitsOf(trainedRecord).map(({ cell }) => [cell.region, cell.model, cell.readout])).toEqual([
      ['V1', 'gabor', 'ridge'],
      ['V1', 'gabor', 'factorised'],
      ['V1', 'gabor', 'transformer'],
      ['V2, dorsal', 'gabor', 'ridge'],
      ['V2, dorsal', 'gabor', 'factorised'],
      ['V2, dorsal', 'gabor', 'transformer'],
    ]);
  });

  it('takes the values of the voxels of the region', () => {
    expect(find(trainedRecord, 'transformer', 'V1').valuesOf('fieldX')).toEqual([1, 3]);
    expect(find(trainedRecord, 'transformer', 'V2, dorsal').valuesOf('fieldX')).toEqual([3, -0.25]);
  });

  it('has no values of what a readout does not report', () => {
    expect(find(trainedRecord, 'ridge', 'V1').valuesOf('fieldX')).toEqual([]);
  });

  it('divides parameters by all voxels of the fit, not by those of the region', () => {
    expect(find(trainedRecord, 'transformer', 'V1').parametersPerVoxel).toBe(300);
  });

  it('knows the time of a fit that was measured, and NaN of others', () => {
    expect(find(trainedRecord, 'factorised', 'V1').seconds).toBe(75.4);
    expect(find(trainedRecord, 'transformer', 'V1').seconds).toBeNaN();
    expect(regionFits(trainedRecord, predictionCells(trainedRecord))[0].seconds).toBeNaN();
  });

  it('looks at the layer that scores best in the region', () => {
    const [model] = smallRecord.models;
    const [cell] = smallRecord.predictions;
    const [fit] = smallRecord.fits;
    const record = {
      ...smallRecord,
      models: [{ ...model, layers: [...model.layers, { name: 'deep', shape: [8], depth: 1 }] }],
      predictions: [cell, { ...cell, layer: 'deep', values: encodeFloats(Float64Array.of(0.9, 0.1, 0.2)) }],
      fits: [fit, { ...fit, layer: 'deep' }],
    };
    // V1: (0.4 + 0.25) / 2 < (0.9 + 0.1) / 2; V2: 0.25 > (0.1 + 0.2) / 2.
    expect(fitsOf(record).map(({ cell: { region, layer } }) => [region, layer])).toEqual([
      ['V1', 'deep'],
      ['V2, dorsal', 'energy'],
    ]);
  });

  it('puts subjects together, with NaN for one whose fit lacks the quantity', () => {
    const [subject] = smallRecord.subjects;
    const [cell] = smallRecord.predictions;
    const [fit] = smallRecord.fits;
    const second = { ...subject, subject: 's2', regions: { V1: [2] } };
    const record = {
      ...smallRecord,
      subjects: [subject, second],
      predictions: [cell, { ...cell, subject: 's2', regions: [cell.regions[0]] }],
      fits: [fit, { ...fit, subject: 's2', nParameters: 300, perVoxel: {} }],
    };
    const [here, there] = fitsOf(record);
    expect(here.valuesOf('alpha')).toEqual([10, 100, Number.NaN]);
    expect(here.parametersPerVoxel).toBe((129 + 300) / 6);
    expect(there.valuesOf('alpha')).toEqual([100, 1000]);
  });
});
