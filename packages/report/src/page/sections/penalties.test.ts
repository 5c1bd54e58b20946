import { smallRecord } from '../../__fixtures__/small-record.js';
import { textOf } from '../../__fixtures__/text-of.js';
import { trainedRecord } from '../../__fixtures__/trained-record.js';
import { penaltySection } from './penalties.js';

const section = penaltySection(trainedRecord).html;

describe('penaltySection', () => {
  it('draws the penalties of ridge and the penalty factors of trained readouts', () => {
    const charts = [...section.matchAll(/aria-label="(Histogram[^"]*)"/g)].map(([, label]) => label);
    expect(charts).toEqual([
      'Histogram of the penalty chosen by ridge',
      'Histogram of the penalty factor chosen by factorised',
    ]);
    // log10 of 10, 100 and 1000; of 0.1 and 10, beside a 0 that has no logarithm.
    expect(section).toContain('gabor: mean 2.000');
    expect(section).toContain('gabor: mean 0.000');
  });

  it('counts what a logarithmic axis cannot show', () => {
    expect(textOf(section)).toContain('Of 3, 1 are 0 and 0 undefined: they are not drawn.');
  });

  it('says so where a readout is not penalised at all', () => {
    expect(textOf(section)).toContain('The penalty factor of transformer is 0 throughout.');
    expect(textOf(penaltySection(smallRecord).html)).not.toContain('throughout');
  });

  it('is empty where nothing was penalised or reported', () => {
    expect(penaltySection({ ...smallRecord, fits: [] }).html).toBe('');
  });
});
