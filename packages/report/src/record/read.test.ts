import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeFloats } from '@striate/contracts';
import { smallRecord } from '../__fixtures__/small-record.js';
import { readRecord } from './read.js';

describe('readRecord', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'striate-report-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function read(text: string) {
    const path = join(folder, 'record.json');
    await writeFile(path, text);
    return readRecord(path);
  }

  it('reads what a run wrote', async () => {
    expect(await read(JSON.stringify(smallRecord))).toEqual(smallRecord);
  });

  const [subject] = smallRecord.subjects;
  const [cell] = smallRecord.predictions;
  const [geometry] = smallRecord.geometry;
  const [fit] = smallRecord.fits;
  const twoValues = encodeFloats(Float64Array.of(1, 2));
  it.each<[string, object, RegExp]>([
    ['another version', { recordVersion: 2 }, /recordVersion is 2, and 1 is read/],
    ['no name', { name: undefined }, /"name" is no text/],
    ['no dataset', { dataset: null }, /"dataset" is missing/],
    ['a list that is none', { models: {} }, /"models" is no list/],
    ['a model without layers', { models: [{ name: 'gabor' }] }, /models\[0\]\.layers/],
    [
      'a region beyond the voxels',
      { subjects: [{ ...subject, regions: { V1: [3] } }] },
      /V1 names voxel 3 of 3/,
    ],
    ['scores of an unknown subject', { predictions: [{ ...cell, subject: 's9' }] }, /subject "s9"/],
    ['scores of an unknown model', { predictions: [{ ...cell, model: 'x' }] }, /model "x"/],
    [
      'scores in an unknown region',
      { subjects: [{ ...subject, regions: { V1: [0] } }] },
      /region "V2, dorsal"/,
    ],
    ['too few scores', { predictions: [{ ...cell, values: twoValues }] }, /2 values where 3 belong/],
    [
      'scores cut short',
      { predictions: [{ ...cell, values: { ...cell.values, data: 'AAAA' } }] },
      /cut short/,
    ],
    [
      'too few subjects of an RSA',
      { geometry: [{ ...geometry, subjects: ['s1'] }] },
      /2 values where 1 belong/,
    ],
    [
      'too few shares',
      { predictions: [{ ...cell, parts: { a: twoValues } }] },
      /parts\.a has 2 values where 3/,
    ],
    ['a fit without its values', { fits: [{}] }, /fits\[0\]\.perVoxel/],
    ['a fit of an unknown subject', { fits: [{ ...fit, subject: 's9' }] }, /fits\[0\].*"s9"/],
    ['a fit of an unknown model', { fits: [{ ...fit, model: 'x' }] }, /fits\[0\].*"x"/],
    [
      'too few penalties',
      { fits: [{ ...fit, perVoxel: { alpha: twoValues } }] },
      /perVoxel\.alpha has 2 values where 3 belong/,
    ],
    ['nothing where a cell belongs', { predictions: [null] }, /predictions\[0\]/],
  ])('refuses %s and says so', async (_, change, reason) => {
    await expect(read(JSON.stringify({ ...smallRecord, ...change }))).rejects.toMatchObject({
      code: 'STRIATE_RECORD_INVALID',
      message: expect.stringMatching(reason) as string,
    });
  });

  it.each([
    ['garbage', 'PK\u0003\u0004', /no JSON/],
    ['half a file', JSON.stringify(smallRecord).slice(0, 100), /no JSON/],
    ['a list', '[]', /no object/],
  ])('refuses %s and says so', async (_, text, reason) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'STRIATE_RECORD_INVALID',
      message: expect.stringMatching(reason) as string,
    });
  });

  it('refuses a file that is not there', async () => {
    await expect(readRecord(join(folder, 'none.json'))).rejects.toMatchObject({
      code: 'STRIATE_RECORD_INVALID',
    });
  });
});
