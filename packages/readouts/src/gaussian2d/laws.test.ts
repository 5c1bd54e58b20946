import {
  describeEdges,
  describeLaws,
  missesTheTruth,
  QUICK,
  requestOf,
} from '../trained/__fixtures__/laws.js';
import { create } from './readout.js';

const deviations = missesTheTruth(
  "the kit's maps are white noise: a point learns nothing of what lies more than a pixel away",
);

describe('gaussian2d', () => {
  describeLaws(create(), { deviations });
  describeEdges(create());
});

describe('gaussian2d of a full covariance', () => {
  describeLaws(create(), { options: { covariance: 'full' }, deviations });
});

describe('gaussian2d placed by the cortex', () => {
  it('asks for coordinates where there are none', async () => {
    const readout = create();
    const options = readout.parseOptions({ ...QUICK, location: 'cortical' });
    await expect(readout.doFit(requestOf([4, 3, 3], [3, 2, 2]), options)).rejects.toMatchObject({
      code: 'STRIATE_UNSUPPORTED',
      message: expect.stringContaining('coordinates'),
    });
  });
});
