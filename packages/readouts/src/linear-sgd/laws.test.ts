import { describeEdges, describeLaws, QUICK, requestOf } from '../trained/__fixtures__/laws.js';
import { create } from './readout.js';

describe('linear-sgd', () => {
  describeLaws(create());
  describeEdges(create());

  it('weighs the whole map for each voxel, also where weights stand in several blocks', async () => {
    const nFeatures = 2 ** 20;
    const request = requestOf([nFeatures, 1, 1], [3, 2, 2], 12);
    const readout = create();
    const options = readout.parseOptions({ ...QUICK, seeds: 1, maxEpochs: 1, standardise: false });
    const fitted = await readout.doFit(request, options);
    const { arrays } = await fitted.toState();
    expect([0, 1].map((block) => arrays[`run0/weights/${block}`].data.length / nFeatures)).toEqual([2, 1]);
    const predictions = await fitted.doPredict(request.inputs);
    const x = await request.inputs.features.readRows([7]);
    for (const [voxel, block, row] of [
      [0, 0, 0],
      [1, 0, 1],
      [2, 1, 0],
    ]) {
      const weights = arrays[`run0/weights/${block}`].data.subarray(row * nFeatures, (row + 1) * nFeatures);
      const z = x.reduce((sum, value, i) => sum + value * weights[i], arrays['run0/bias'].data[voxel]);
      const expected = arrays['mean'].data[voxel] + arrays['deviation'].data[voxel] * z;
      expect(predictions.data[7 * 3 + voxel]).toBeCloseTo(expected, 2);
    }
  });
});
