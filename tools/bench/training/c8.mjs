// One training step of the C8 CNN at a quarter of its width; the loss is the mean square of its map.
import { input, onnx } from '@striate/compute';
import { createC8Core, IMAGE_CORE } from '@striate/backend-response-optimized';

const SHAPE = { batch: 4, size: 112, fields: 12 };

export const c8 = { name: 'c8', shape: SHAPE, peer: 'c8_peer', build };

function build() {
  const { batch, size, fields } = SHAPE;
  const core = createC8Core({ ...IMAGE_CORE, nFields: fields }).open([3, size, size], 1);
  const pixels = input('pixels', [batch, 3, size, size]);
  const { featureMap, running } = core.build(pixels, 'training');
  const loss = onnx.ReduceMean(onnx.Mul(featureMap, featureMap));
  return { loss, parameters: core.parameters, running, inputs: [pixels] };
}
