import { smallRecord } from '../../__fixtures__/small-record.js';
import { rowsOf, textOf } from '../../__fixtures__/text-of.js';
import { trainedRecord } from '../../__fixtures__/trained-record.js';
import { predictionCells } from '../cells.js';
import { regionFits } from '../region-fits.js';
import { fieldSection } from './fields.js';

const sectionOf = (record = trainedRecord) =>
  fieldSection(record, regionFits(record, predictionCells(record))).html;
const section = sectionOf();

function figureOf(title: string): string {
  const figures = [...section.matchAll(/<figure>.*?<\/figure>/gs)].map(([text]) => text);
  return figures.find((text) => textOf(text).trim().startsWith(title))!;
}

describe('fieldSection', () => {
  it('has a map of centres for each region and each readout that says where it looks', () => {
    const titles = [...section.matchAll(/<figure>\s*<h3>(.*?)<\/h3>/gs)].map(([, title]) => textOf(title));
    expect(titles.slice(0, 4)).toEqual([
      'V1: factorised, energy',
      'V1: transformer, energy',
      'V2, dorsal: factorised, energy',
      'V2, dorsal: transformer, energy',
    ]);
  });

  it('draws a point per voxel, and counts those beyond the frame and those that are undefined', () => {
    const dotsOf = (title: string) => figureOf(title).match(/M\d+ \d+h0/g);
    expect(dotsOf('V1: factorised')).toHaveLength(2);
    expect(dotsOf('V1: transformer')).toHaveLength(1);
    expect(textOf(figureOf('V1: transformer'))).toContain('2 voxels, 1 beyond 1.25 and not drawn');
    expect(dotsOf('V2, dorsal: factorised')).toHaveLength(1);
    expect(textOf(figureOf('V2, dorsal: factorised'))).toContain('1 voxel, 1 undefined');
  });

  it('says in words where the fields lie', () => {
    expect(figureOf('V1: factorised')).toContain(
      'aria-label="Centres of the fields of factorised on energy, V1: 2 voxels; mean −0.13 across, −0.25 down"',
    );
  });

  it('gives median and quartiles of sizes and movements, and counts those that are undefined', () => {
    const [, table] = /<table>(.*?)<\/table>/s.exec(section)!;
    expect(rowsOf(table)).toEqual([
      ['region', 'readout', 'layer', 'size', 'movement', 'scale'],
      ['V1', 'factorised', 'energy', '0.300 (0.250 to 0.350)', '0.000 (0.000 to 0.000)', '–'],
      [
        'V1',
        'transformer',
        'energy',
        '0.200 (0.150 to 0.250)',
        '0.200 (0.150 to 0.250)',
        '1.250 (1.125 to 1.375)',
      ],
      [
        ...['V2, dorsal', 'factorised', 'energy', '0.400 (0.400 to 0.400), 1 undefined'],
        ...['0.000 (0.000 to 0.000), 1 undefined', '–'],
      ],
      [
        ...['V2, dorsal', 'transformer', 'energy', '0.250 (0.225 to 0.275)', '0.250 (0.225 to 0.275)'],
        '1.750 (1.625 to 1.875)',
      ],
    ]);
  });

  it('draws sizes of all readouts', () => {
    const [, sizes] = section.split('Size of fields');
    expect(sizes).toContain('factorised: mean 0.300');
    expect(sizes).toContain('transformer: mean 0.200');
  });

  it('draws movements of fields that move, and names the readouts whose fields stay', () => {
    const [, movements] = section.split('Movement of fields');
    expect(movements).toContain('transformer: mean 0.200');
    expect(movements).not.toContain('factorised: mean');
    expect(textOf(movements)).toContain(
      'Fields that look at the same place of every image, and are not drawn here: factorised (V1, V2, dorsal).',
    );
  });

  it('draws transforms where a readout reports them', () => {
    const [, transforms] = section.split('Learned transforms');
    expect(transforms).toContain('Histogram of scale over voxels, V1');
    expect(transforms).not.toContain('Histogram of rotation');
  });

  it('is empty for readouts without places, and for layers that are no maps', () => {
    expect(sectionOf(smallRecord)).toBe('');
    const models = trainedRecord.models.map((model) => ({
      ...model,
      layers: model.layers.map((layer) => ({ ...layer, shape: [8] })),
    }));
    expect(sectionOf({ ...trainedRecord, models })).toBe('');
  });
});
