import { smallRecord, smallRunFacts } from '../../__fixtures__/small-record.js';
import { rowsOf, textOf } from '../../__fixtures__/text-of.js';
import { trainedRecord, trainedRunFacts } from '../../__fixtures__/trained-record.js';
import { predictionCells } from '../cells.js';
import { regionFits } from '../region-fits.js';
import { readoutSection } from './readouts.js';

function sectionOf(record = trainedRecord, run?: typeof trainedRunFacts) {
  return readoutSection(record, regionFits(record, predictionCells(record), run), run).html;
}

describe('readoutSection', () => {
  it('sets score, validation, spread over seeds, epochs, parameters per voxel and time side by side', () => {
    expect(rowsOf(sectionOf(trainedRecord, trainedRunFacts))).toEqual([
      [
        ...['region', 'readout', 'layer', 'pearson', 'validation r', 'sd over seeds'],
        ...['epochs', 'parameters', 'seconds'],
      ],
      ['V1', 'ridge', 'energy', '0.325 ± 0.075', '–', '–', '–', '43', '2.50'],
      ['V1', 'factorised', 'energy', '0.400 ± 0.100', '0.400', '–', '15', '25', '75'],
      ['V1', 'transformer', 'energy', '0.475 ± 0.125', '0.500', '0.020', '6', '300', '–'],
      ['V2, dorsal', 'ridge', 'energy', '0.250 ± 0.000', '–', '–', '–', '43', '2.50'],
      ['V2, dorsal', 'factorised', 'energy', '0.250 ± 0.050', '0.500', '–', '25', '25', '75'],
      ['V2, dorsal', 'transformer', 'energy', '0.325 ± 0.025', '0.350', '0.025', '7', '300', '–'],
    ]);
  });

  it('has no column for what no readout reports, nor for times that are not known', () => {
    expect(rowsOf(sectionOf(smallRecord))[0]).toEqual([
      'region',
      'readout',
      'layer',
      'pearson',
      'parameters',
    ]);
    expect(textOf(sectionOf(smallRecord))).toContain('Times are not known');
  });

  it('gives the time of each readout over all fits, and says what was not timed', () => {
    expect(textOf(sectionOf(trainedRecord, trainedRunFacts))).toContain(
      'All layers of all models together: ridge 2.50 s, factorised 75 s, transformer not timed. ' +
        'This run ended on Some processor with 2 cores.',
    );
    const fits = [...smallRunFacts.fits, { ...smallRunFacts.fits[0], layer: 'another', seconds: null }];
    expect(textOf(sectionOf(trainedRecord, { ...smallRunFacts, fits }))).toContain(
      'ridge 2.50 s (1 of 2 fits not timed)',
    );
  });

  it('counts what is undefined', () => {
    const text = textOf(sectionOf());
    expect(text).toContain('Undefined validation r, left out, in voxels: V2, dorsal, factorised: 1 of 2.');
    expect(text).toContain(
      'Undefined sd over seeds, left out, in voxels: V1, factorised: 2 of 2; V2, dorsal, factorised: 2 of 2.',
    );
  });

  it('draws the spread over seeds of the readouts that have one', () => {
    const charts = [...sectionOf().matchAll(/<svg[^>]*aria-label="([^"]*)"/g)].map(([, label]) => label);
    expect(charts).toEqual([
      'Histogram of spread over seeds over voxels, V1, by readout',
      'Histogram of spread over seeds over voxels, V2, dorsal, by readout',
    ]);
    expect(sectionOf()).toContain('transformer: mean 0.020');
    expect(sectionOf()).not.toContain('factorised: mean');
  });

  it('is empty where nothing was fitted', () => {
    expect(sectionOf({ ...smallRecord, fits: [] })).toBe('');
  });
});
