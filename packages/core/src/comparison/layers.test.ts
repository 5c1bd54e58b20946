import type { LayerInfo } from '@striate/contracts';
import { findLayer } from './layers.js';

const layer = (name: string, ...aliases: string[]): LayerInfo => ({
  ...{ name, axes: ['feature'], shape: [1], depth: 0 },
  ...(aliases.length > 0 ? { aliases } : {}),
});
const model = { name: 'net', layers: [layer('stem'), layer('stage2_block1', 'layer2.0', 'layer2')] };

describe('findLayer', () => {
  it('finds a layer by its name, and by every other that it goes by', () => {
    for (const name of ['stage2_block1', 'layer2.0', 'layer2'])
      expect(findLayer(model, name)).toBe(model.layers[1]);
  });

  it('refuses a name that no layer goes by, with all that there are', () => {
    expect(() => findLayer(model, 'layer3')).toThrow(
      expect.objectContaining({
        code: 'STRIATE_UNKNOWN_LAYER',
        hint: 'Did you mean "layer2"? There are: stem, stage2_block1, layer2.0, layer2. Run "striate list layers" to see them with their shapes.',
      }),
    );
  });

  it('says how to come by a layer that a comparison does not read', () => {
    expect(() => findLayer(model, 'layer3', true)).toThrow(
      expect.objectContaining({
        message: 'Model "net" has no layer "layer3" in this comparison.',
        hint: expect.stringContaining('listed in the "layers" of the model'),
      }),
    );
  });
});
