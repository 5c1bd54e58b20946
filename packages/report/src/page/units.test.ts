import { smallRecord } from '../__fixtures__/small-record.js';
import { textOf } from '../__fixtures__/text-of.js';
import { renderReport } from './page.js';
import { unitsOf } from './units.js';

const recorded = (recordingKind: 'voxel' | 'vertex' | 'neuron' | 'electrode') => ({
  ...smallRecord,
  dataset: { ...smallRecord.dataset, recordingKind },
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

  it('is what the page says everywhere', () => {
    const page = textOf(renderReport(recorded('vertex')));
    expect(page).toContain('Across vertices');
    expect(page).not.toMatch(/vertexs|voxels/);
  });
});
