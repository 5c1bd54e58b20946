// ResNets of the true form with two channels per stage more, on images of 16 x 16: written as an exporter would, under
// names that say nothing.

import type { OnnxModel, OnnxNode, OnnxTensor } from '@striate/compute';

export interface TinyResnet {
  readonly kind: 'basic' | 'bottleneck';
  readonly blocks: readonly number[];
  /** 1: activation behind the sum; 2: in front of the convolutions. */
  readonly version: 1 | 2;
  /** Pool and classifier behind the last stage. */
  readonly hasHead: boolean;
}

const FLOAT = 1;
const ints = (name: string, ...values: number[]) => ({ name, type: 7, ints: values });

export interface WrittenResnet {
  readonly model: OnnxModel;
  /** Values that end the blocks, in order. */
  readonly blockOutputs: readonly string[];
}

export function writeResnet({ kind, blocks, version, hasHead }: TinyResnet): WrittenResnet {
  const node: OnnxNode[] = [];
  const initializer: OnnxTensor[] = [];
  let count = 0;
  const weight = (dims: number[]) => {
    const name = `w${initializer.length}`;
    const length = dims.reduce((product, size) => product * size, 1);
    const values = Float32Array.from({ length }, (_, i) => Math.sin(initializer.length * 7 + i * 1.3) * 0.5);
    initializer.push({ name, dims, dataType: FLOAT, rawData: new Uint8Array(values.buffer) });
    return name;
  };
  const add = (opType: string, input: string[], attribute: OnnxNode['attribute'] = []) => {
    const output = `v${count++}`;
    node.push({ opType, input, output: [output], attribute });
    return output;
  };
  const relu = (value: string) => add('Relu', [value]);
  const convolve = (value: string, from: number, to: number, size: number, stride: number) => {
    const pad = (size - 1) / 2;
    return add(
      'Conv',
      [value, weight([to, from, size, size]), weight([to])],
      [ints('strides', stride, stride), ints('pads', pad, pad, pad, pad)],
    );
  };
  const branch = (value: string, from: number, to: number, stride: number) => {
    const sizes = kind === 'basic' ? [3, 3] : [1, 3, 1];
    return sizes.reduce((previous, size, i) => {
      const made = convolve(previous, i === 0 ? from : to, to, size, i === 0 ? stride : 1);
      return i === sizes.length - 1 ? made : relu(made);
    }, value);
  };

  let channels = 2;
  let value = add(
    'MaxPool',
    [relu(convolve('image', 3, channels, 3, 1))],
    [ints('kernel_shape', 2, 2), ints('strides', 2, 2)],
  );
  const blockOutputs: string[] = [];
  blocks.forEach((nBlocks, stage) => {
    for (let block = 0; block < nBlocks; block++) {
      const isFirst = block === 0;
      const isProjected = isFirst && (stage > 0 || kind === 'bottleneck');
      const to = isFirst && stage > 0 ? channels + 1 : channels;
      const stride = isFirst && stage > 0 ? 2 : 1;
      const start = version === 2 ? relu(value) : value;
      const residual = branch(start, channels, to, stride);
      // The shortcut of the second version is taken from the sum itself, unless it is projected.
      const shortcut = isProjected ? convolve(start, channels, to, 1, stride) : value;
      const sum = add('Add', [residual, shortcut]);
      value = version === 1 ? relu(sum) : sum;
      channels = to;
      blockOutputs.push(value);
    }
  });
  if (hasHead) {
    const pooled = add('GlobalAveragePool', [version === 2 ? relu(value) : value]);
    value = add('Gemm', [add('Flatten', [pooled]), weight([channels, 5]), weight([5])]);
  }
  const dims = [{ dimParam: 'n' }, { dimValue: 3 }, { dimValue: 16 }, { dimValue: 16 }];
  const model: OnnxModel = {
    irVersion: 8,
    opsetImport: [{ domain: '', version: 17 }],
    metadataProps: [],
    graph: {
      name: 'tiny-resnet',
      node,
      initializer,
      input: [{ name: 'image', type: { tensorType: { elemType: FLOAT, shape: { dim: dims } } } }],
      output: [{ name: value }],
      valueInfo: [],
    },
  };
  return { model, blockOutputs };
}
