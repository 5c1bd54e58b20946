// The small record with two trained readouts beside ridge, on the layer that is a map: `factorised`, whose fields stay
// and one of which lies far outside, trained from one seed; `transformer`, whose fields move. Written by hand.

import { encodeFloats, type RunFacts, type RunRecord } from '@striate/contracts';
import { smallRecord, smallRunFacts } from './small-record.js';

const floats = (...values: number[]) => encodeFloats(Float64Array.from(values));
const [ridgeFit] = smallRecord.fits;
const [ridgeCell] = smallRecord.predictions;

export const trainedRecord: RunRecord = {
  ...smallRecord,
  readouts: [
    ...smallRecord.readouts,
    { name: 'factorised', id: 'factorized', description: 'Factorised readout', options: {} },
    {
      ...{ name: 'transformer', id: 'semantic-spatial-transformer', options: {} },
      description: 'Semantic spatial transformer',
    },
  ],
  fits: [
    ridgeFit,
    {
      ...{ ...ridgeFit, readout: 'factorised', nParameters: 75 },
      perVoxel: {
        validationScore: floats(0.3, 0.5, Number.NaN),
        seedSpread: floats(Number.NaN, Number.NaN, Number.NaN),
        strength: floats(0, 0.1, 10),
        epochs: floats(10, 20, 30),
        fieldX: floats(-0.5, 0.25, Number.NaN),
        fieldY: floats(-1, 0.5, Number.NaN),
        fieldSize: floats(0.2, 0.4, Number.NaN),
        fieldShift: floats(0, 1e-9, Number.NaN),
      },
    },
    {
      ...{ ...ridgeFit, readout: 'transformer', nParameters: 900 },
      perVoxel: {
        validationScore: floats(0.4, 0.6, 0.1),
        seedSpread: floats(0.01, 0.03, 0.02),
        strength: floats(0, 0, 0),
        epochs: floats(4, 8, 6),
        fieldX: floats(1, 3, -0.25),
        fieldY: floats(1, 0, 0.75),
        fieldSize: floats(0.1, 0.3, 0.2),
        fieldShift: floats(0.1, 0.3, 0.2),
        transformScale: floats(1, 1.5, 2),
      },
    },
  ],
  predictions: [
    ...smallRecord.predictions,
    { ...ridgeCell, readout: 'factorised', values: floats(0.5, 0.3, 0.2) },
    { ...ridgeCell, readout: 'transformer', values: floats(0.6, 0.35, 0.3) },
  ],
};

export const trainedRunFacts: RunFacts = {
  ...smallRunFacts,
  fits: [
    ...smallRunFacts.fits,
    { ...smallRunFacts.fits[0], readout: 'factorised', seconds: 75.4 },
    { ...smallRunFacts.fits[0], readout: 'transformer', seconds: null },
  ],
};
