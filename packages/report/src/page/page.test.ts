import { encodeFloats } from '@striate/contracts';
import { realisticRecord } from '../__fixtures__/realistic-record.js';
import { geometryOnlyRecord, smallRecord } from '../__fixtures__/small-record.js';
import { rowsOf, textOf } from '../__fixtures__/text-of.js';
import { trainedRecord, trainedRunFacts } from '../__fixtures__/trained-record.js';
import { renderReport } from './page.js';

const page = renderReport(smallRecord);
const headings = (source: string) =>
  [...source.matchAll(/<h2[^>]*>(.*?)<\/h2>/gs)].map(([, text]) => text.trim());

describe('renderReport', () => {
  it('answers in words: best model of each region, share of the ceiling, lead over the next', () => {
    expect(textOf(page)).toContain(
      'V1 is best matched by gabor (energy, ridge) with 0.325 (50 % of the mean noise ceiling 0.650)' +
        ', 0.075 ahead of net "A" (fc, ridge).',
    );
  });

  it('compares with the next model and not with the same model read out otherwise', () => {
    expect(textOf(renderReport(realisticRecord))).toMatch(
      /V1 is best matched by response-cnn \(block3, factorised\) with [\d.]+ \([^)]*\), [\d.]+ ahead of (gabor|resnet50) \(.*?\); read out otherwise it reaches [\d.]+ \(ridge\)\./,
    );
  });

  it('says so when no model is better than zero', () => {
    const [cell] = smallRecord.predictions;
    const values = encodeFloats(Float64Array.of(-0.1, -0.2, -0.3));
    const text = textOf(renderReport({ ...smallRecord, predictions: [{ ...cell, values }] }));
    expect(text).toContain(
      'V1 is matched by no model better than zero; the highest is gabor (energy, ridge) with −0.150',
    );
  });

  it('has a section for each kind of result, in one order', () => {
    expect(headings(page)).toEqual([
      'Which model predicts which region',
      'Across voxels',
      'Readouts in detail',
      'How models and regions arrange the stimuli',
      'What to keep in mind',
      'Methods',
    ]);
  });

  it('sets all models and readouts of a score side by side', () => {
    const [, table] = renderReport(trainedRecord).split('<table class="matrix">');
    expect(rowsOf(table.split('</tbody>')[0]).map(([row]) => row)).toEqual([
      'model and readout',
      'gabor ridge',
      'gabor factorised',
      'gabor transformer',
      'net "A" ridge',
    ]);
  });

  it('says for how many voxels a readout is defined that says nothing of the others', () => {
    const [first, ...rest] = trainedRecord.predictions;
    const predictions = [{ ...first, values: encodeFloats(Float64Array.of(0.9, Number.NaN, 0.2)) }, ...rest];
    const text = textOf(renderReport({ ...trainedRecord, predictions }));
    expect(text).toMatch(/gabor ridge 0\.900 energy; 1 of 2/);
  });

  it('draws curves along the layers where a model has several', () => {
    expect(headings(renderReport(realisticRecord))).toContain('Along the layers');
  });

  it('leaves out the sections that a run has no data for', () => {
    expect(headings(renderReport(geometryOnlyRecord))).toEqual([
      'How models and regions arrange the stimuli',
      'What to keep in mind',
      'Methods',
    ]);
  });

  it('says where voxels look if a readout does', () => {
    expect(headings(renderReport(trainedRecord))).toContain('Where voxels look');
  });

  it('shows times only where the facts of the run are given', () => {
    expect(renderReport(trainedRecord)).not.toContain('>seconds<');
    expect(renderReport(trainedRecord, trainedRunFacts)).toContain('>seconds<');
  });

  it('uses the word for what was recorded', () => {
    const dataset = { ...smallRecord.dataset, recordingKind: 'neuron' as const };
    expect(headings(renderReport({ ...smallRecord, dataset }))).toContain('Across neurons');
  });

  it('escapes every text of the record', () => {
    expect(page).not.toContain('<b>bold</b>');
    expect(page).not.toContain('<energy>');
    expect(page).not.toContain('<grid>');
    expect(page).not.toContain('alert(1)</script>');
    expect(page).toContain('Small &#38; &#60;b&#62;bold&#60;/b&#62;');
  });

  it('writes no NaN, undefined or [object] into what is shown', () => {
    expect(page.replace(/href="data:[^"]*"/g, '')).not.toMatch(/NaN|[\"' ]undefined[\"']|\[object/);
  });

  it('asks for nothing from outside', () => {
    expect(page).not.toMatch(/(src|href)="(?!#|data:)/);
    expect(page).not.toMatch(/url\(|@import|fetch\(/);
  });

  it('labels every select and describes every chart', () => {
    const selects = [...page.matchAll(/<select\s[^>]*id="([^"]+)"/g)].map(([, id]) => id);
    expect(selects).toEqual(['matrix-select', 'pair-x', 'pair-y']);
    for (const id of selects) expect(page).toContain(`<label for="${id}">`);
    const charts = [...page.matchAll(/<svg [^>]*>/g)].map(([tag]) => tag);
    expect(charts.filter((tag) => !/aria-label="[^"]+"|aria-hidden="true"/.test(tag))).toEqual([]);
  });

  it('never uses an id twice', () => {
    const ids = [...renderReport(realisticRecord).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('shows first the convention that the user chose to show', () => {
    const options = [...page.matchAll(/<option value="\d+">(.*?)<\/option>/gs)].map(([, text]) =>
      text.trim(),
    );
    expect(options.slice(0, 2)).toEqual(['pearson, ridge: r / ceiling', 'pearson, ridge: mean']);
  });

  it('counts undefined scores and repeats warnings with their numbers', () => {
    const text = textOf(page);
    expect(text).toContain('alpha-at-edge (2 of 3): At the edge of the <grid>.');
    expect(text).toContain('1 of 10 scores are undefined and left out of every mean');
    expect(text).toContain('Subject s1: the noise ceiling of 1 of 3 voxels is undefined.');
  });

  it('gives every choice in the methods paragraph', () => {
    const [, methods] = /<p class="methods">(.*?)<\/p>/s.exec(page)!;
    expect(textOf(methods)).toBe(
      'Data: Toy (Nobody 2026), 12 stimuli, 3 voxels of 1 subject; regions V1, V2, dorsal. ' +
        'Split by stimulus: 8 training and 4 test stimuli, drawn by seed 7. ' +
        'Features: 2 layers of 2 models: gabor (Gabor <energy>; grey, 64 x 64 pixels; fingerprint aaaabbbbcccc), ' +
        'net "A" (Net; fingerprint eeeeffff0000). ' +
        'Readout "ridge": Ridge regression. ' +
        'Score "pearson": Pearson correlation of predicted and measured responses. ' +
        'Score "rsa": Spearman correlation of RDMs. ' +
        'Noise ceiling "nsd": NC = ncsnr^2 / (ncsnr^2 + 1/n). ' +
        'Convention "paper": r / ceiling per voxel; mean (Saha 2024). ' +
        'Convention "raw": r per voxel; mean (no normalisation). ' +
        'Seed 7; striate 0.1.0; plan 0123456789ab.',
    );
  });

  it('names in the methods only the conventions that some number is in', () => {
    const [, methods] = /<p class="methods">(.*?)<\/p>/s.exec(
      renderReport({ ...geometryOnlyRecord, conventions: smallRecord.conventions }),
    )!;
    expect(methods).not.toContain('Convention');
  });

  it('carries the summary as a table', () => {
    const [, data] = /href="data:text\/csv;charset=utf-8,([^"]*)"/.exec(page)!;
    expect(decodeURIComponent(data).split('\r\n').slice(0, 3)).toEqual([
      'model,layer,depth,readout,region,metric,convention,value,sem,n,n_undefined',
      expect.stringMatching(/^gabor,energy,0,ridge,V1,pearson,raw,0\.325,0\.07\d+,2,0$/),
      'gabor,energy,0,ridge,V1,pearson,paper,0.5,NaN,2,0',
    ]);
  });

  it('is the same for the same record, and small for a real one', () => {
    const once = renderReport(realisticRecord);
    expect(renderReport(realisticRecord)).toBe(once);
    expect(once.length).toBeLessThan(1_000_000);
  });

  it('renders a record in which nothing is defined', () => {
    const predictions = smallRecord.predictions.map((cell) => ({
      ...cell,
      values: encodeFloats(new Float64Array(3).fill(Number.NaN)),
    }));
    const text = textOf(renderReport({ ...smallRecord, predictions }));
    expect(text).toContain('No score is defined.');
    expect(text).toContain('8 of 10 scores are undefined');
    expect(text).toContain('model V1 V2, dorsal gabor – – net "A" – –');
  });
});
