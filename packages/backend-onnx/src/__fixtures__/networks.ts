// Tiny networks and images, so that every number can be checked by hand.

import { encodeModel, type OnnxModel, type OnnxNode, type OnnxTensor } from '@striate/compute';
import type { Stimulus } from '@striate/contracts';
import sharp from 'sharp';

const FLOAT = 1;
const INTS = 7;
const INT = 2;

export const ints = (name: string, ...values: number[]) => ({ name, type: INTS, ints: values });
export const int = (name: string, value: number) => ({ name, type: INT, i: value });

export function weights(name: string, dims: number[], values: readonly number[]): OnnxTensor {
  return { name, dims, dataType: FLOAT, rawData: new Uint8Array(Float32Array.from(values).buffer) };
}

export const info = (name: string, ...dims: (number | string)[]) => ({
  name,
  type: {
    tensorType: {
      elemType: FLOAT,
      shape: { dim: dims.map((d) => (typeof d === 'string' ? { dimParam: d } : { dimValue: d })) },
    },
  },
});

export function network(
  node: OnnxNode[],
  initializer: OnnxTensor[],
  input: (number | string)[],
  output: string,
  metadata: Record<string, string> = {},
): OnnxModel {
  return {
    irVersion: 8,
    opsetImport: [{ domain: '', version: 17 }],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: 'tiny',
      node,
      initializer,
      input: [info('pixels', ...input)],
      output: [{ name: output }],
      valueInfo: [],
    },
  };
}

/**
 * pixels [n, 3, 2, 2] → weighted: 1x1 convolution to two channels (red + green, 10 blue) → biased: + (1, 2) → mean:
 * [n, 2]; and `top`, a list of indices, which is no layer.
 */
export function tinyNetwork(batch: number | string = 'n', metadata: Record<string, string> = {}): OnnxModel {
  return network(
    [
      { opType: 'Conv', input: ['pixels', 'kernel'], output: ['weighted'] },
      { opType: 'Add', input: ['weighted', 'bias'], output: ['biased'] },
      {
        opType: 'ReduceMean',
        input: ['biased'],
        output: ['mean'],
        attribute: [ints('axes', 2, 3), int('keepdims', 0)],
      },
      { opType: 'ArgMax', input: ['mean'], output: ['top'], attribute: [int('axis', 1)] },
    ],
    [weights('kernel', [2, 3, 1, 1], [1, 1, 0, 0, 0, 10]), weights('bias', [1, 2, 1, 1], [1, 2])],
    [batch, 3, 2, 2],
    'mean',
    metadata,
  );
}

/** {@link tinyNetwork} with `coarse` behind `mean`: the same in 255 steps of the largest value of a batch. */
export function quantisedNetwork(batch: number | string = 'n'): OnnxModel {
  const model = tinyNetwork(batch);
  model.graph.node.push(
    { opType: 'DynamicQuantizeLinear', input: ['mean'], output: ['steps', 'scale', 'zero'] },
    { opType: 'DequantizeLinear', input: ['steps', 'scale', 'zero'], output: ['coarse'] },
  );
  model.graph.output = [{ name: 'coarse' }];
  return model;
}

/** Preprocessing that leaves the bytes of a 2 x 2 image as they are. */
export const AS_IS = {
  size: 2,
  resize: 'squash',
  interpolation: 'nearest',
  scale: '0..255',
  mean: 0,
  sd: 1,
} as const;

export const bytesOf = encodeModel;

/** A stimulus with a 2 x 2 PNG whose pixels are all of one colour but the first, which is black. */
export async function spottedStimulus(id: string, [red, green, blue]: readonly number[]): Promise<Stimulus> {
  const pixel = [red, green, blue];
  const data = Uint8Array.from([0, 0, 0, ...pixel, ...pixel, ...pixel]);
  const png = await sharp(data, { raw: { width: 2, height: 2, channels: 3 } })
    .png()
    .toBuffer();
  return { id, image: { location: `${id}.png`, sha256: id, readBytes: () => Promise.resolve(png) } };
}
