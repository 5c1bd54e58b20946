// A network whose weights are known rather than learnt: the classical model of primary visual cortex, oriented energy
// (Adelson & Bergen 1985), as an ONNX file. The demo reads it through the same path as any other network.

import { encodeModel, type OnnxModel } from '@striate/compute';

const FLOAT = 1;
const ORIENTATIONS = 8;
const SIZE = 9;
const WAVELENGTH = 4;
const ENVELOPE_SD = 2;

/** Bytes of the ONNX file; input `image` [n, 3, 64, 64] in 0..1, layers `luminance`, `energy`, `pooled_energy`. */
export function encodeOrientedEnergyNetwork(): Uint8Array {
  const pad = Math.floor(SIZE / 2);
  const model: OnnxModel = {
    irVersion: 10,
    producerName: 'striate',
    opsetImport: [{ domain: '', version: 17 }],
    metadataProps: [],
    graph: {
      name: 'oriented energy',
      input: [valueInfo('image', ['n', 3, 64, 64])],
      output: [
        valueInfo('luminance', ['n', 1, 64, 64]),
        valueInfo('energy', ['n', ORIENTATIONS, 64, 64]),
        valueInfo('pooled_energy', ['n', ORIENTATIONS, 8, 8]),
      ],
      valueInfo: [],
      initializer: [
        weights('luma', [1, 3, 1, 1], Float32Array.of(0.299, 0.587, 0.114)),
        weights('even', [ORIENTATIONS, 1, SIZE, SIZE], gabors(0)),
        weights('odd', [ORIENTATIONS, 1, SIZE, SIZE], gabors(Math.PI / 2)),
      ],
      node: [
        node('Conv', ['image', 'luma'], 'luminance'),
        {
          ...node('Conv', ['luminance', 'even'], 'even_response'),
          attribute: [ints('pads', [pad, pad, pad, pad])],
        },
        {
          ...node('Conv', ['luminance', 'odd'], 'odd_response'),
          attribute: [ints('pads', [pad, pad, pad, pad])],
        },
        node('Mul', ['even_response', 'even_response'], 'even_square'),
        node('Mul', ['odd_response', 'odd_response'], 'odd_square'),
        node('Add', ['even_square', 'odd_square'], 'square'),
        node('Sqrt', ['square'], 'energy'),
        {
          ...node('AveragePool', ['energy'], 'pooled_energy'),
          attribute: [ints('kernel_shape', [8, 8]), ints('strides', [8, 8])],
        },
      ],
    },
  };
  return encodeModel(model);
}

/** Gabor functions of eight orientations, mean removed so that plain brightness drives none. */
function gabors(phase: number): Float32Array {
  const filters = new Float32Array(ORIENTATIONS * SIZE * SIZE);
  for (let orientation = 0; orientation < ORIENTATIONS; orientation++) {
    const angle = (Math.PI * orientation) / ORIENTATIONS;
    const filter = filters.subarray(orientation * SIZE * SIZE, (orientation + 1) * SIZE * SIZE);
    for (let i = 0; i < filter.length; i++) {
      const x = (i % SIZE) - Math.floor(SIZE / 2);
      const y = Math.floor(i / SIZE) - Math.floor(SIZE / 2);
      const along = x * Math.cos(angle) + y * Math.sin(angle);
      const envelope = Math.exp(-(x * x + y * y) / (2 * ENVELOPE_SD ** 2));
      filter[i] = envelope * Math.cos((2 * Math.PI * along) / WAVELENGTH + phase);
    }
    const mean = filter.reduce((sum, value) => sum + value, 0) / filter.length;
    filter.forEach((value, i) => (filter[i] = value - mean));
  }
  return filters;
}

function node(opType: string, input: string[], output: string) {
  return { opType, input, output: [output], name: output };
}

function ints(name: string, values: number[]) {
  return { name, type: 7, ints: values };
}

function weights(name: string, dims: number[], data: Float32Array) {
  return { name, dims, dataType: FLOAT, rawData: new Uint8Array(data.buffer) };
}

function valueInfo(name: string, dims: (string | number)[]) {
  const dim = dims.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: FLOAT, shape: { dim } } } };
}
