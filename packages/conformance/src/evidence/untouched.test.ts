import { demandUntouched } from './untouched.js';

describe('demandUntouched', () => {
  it('passes when the action only reads, also NaN', async () => {
    await demandUntouched({ data: Float64Array.of(1, NaN), mask: undefined }, async () => 1);
  });

  it('names the array that the action wrote to', async () => {
    const data = Float64Array.of(1, 2);
    const action = demandUntouched({ data }, async () => (data[1] = 3));
    await expect(action).rejects.toThrow('data, which the caller owns, differ at index 1: 3 instead of 2');
  });
});
