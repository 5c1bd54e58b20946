import type { RecordingKind, RunRecord } from '@striate/contracts';
import { smallRecord } from '../__fixtures__/small-record.js';
import { textOf } from '../__fixtures__/text-of.js';
import { trainedRecord } from '../__fixtures__/trained-record.js';
import { renderReport } from './page.js';
import { unitsOf } from './units.js';

const recorded = (recordingKind: RecordingKind, record: RunRecord = smallRecord): RunRecord => ({
  ...record,
  dataset: { ...record.dataset, recordingKind },
});

describe('unitsOf', () => {
  it('makes the plural of what was recorded', () => {
    const kinds = ['voxel', 'vertex', 'neuron', 'electrode'] as const;
    expect(kinds.map((kind) => unitsOf(recorded(kind)))).toEqual([
      'voxels',
      'vertices',
      'neurons',
      'electrodes',
    ]);
  });

  it.each([
    ['the page', smallRecord],
    ['the page of fields', trainedRecord],
  ])('is what %s says everywhere', (_, record) => {
    const page = textOf(renderReport(recorded('vertex', record)));
    expect(page).toContain('Across vertices');
    expect(page).not.toMatch(/vertexs|voxels/);
  });
});
