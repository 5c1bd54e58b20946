// Image encoders of CLIP's form, small, written as an exporter would, under names that say nothing. All matrices of the
// blocks are one, so that a network may be as wide as a published one and still be small.

import type { OnnxModel, OnnxNode, OnnxTensor } from '@striate/compute';

export interface TinyClip {
  readonly nBlocks: number;
  readonly width: number;
  /** Pixels of a patch, a square. */
  readonly patch: number;
  /** Pixels of the image. */
  readonly size: readonly [height: number, width: number];
  /** Does the file say the sizes of its input? */
  readonly declaresSizes: boolean;
  /** Is the stream normalised before the first block? CLIP's is. */
  readonly hasFirstNorm: boolean;
  /** One node, or the nodes that older exporters write. */
  readonly norm: 'one-node' | 'many-nodes';
  readonly head: 'projection' | 'classifier' | 'none';
  /** A text encoder beside it, and what compares the two. */
  readonly hasText: boolean;
}

export const TINY: TinyClip = {
  ...{ nBlocks: 2, width: 4, patch: 8, size: [16, 16], declaresSizes: true },
  ...{ hasFirstNorm: true, norm: 'one-node', head: 'projection', hasText: false },
};

const FLOAT = 1;
const INT64 = 7;
const int = (name: string, value: number) => ({ name, type: 2, i: value });
const ints = (name: string, ...values: number[]) => ({ name, type: 7, ints: values });

export interface WrittenClip {
  readonly model: OnnxModel;
  /** Value that the first block reads. */
  readonly start: string;
  /** Values that end the blocks. */
  readonly blocks: readonly string[];
}

export function writeClip(given: Partial<TinyClip> = {}): WrittenClip {
  const tiny = { ...TINY, ...given };
  const { width, patch, size } = tiny;
  const nPatches = Math.floor(size[0] / patch) * Math.floor(size[1] / patch);
  const { add, weight, integers, ...made } = startGraph();
  const mixing = weight(width, width);
  const mix = (value: string) => add('MatMul', [value, mixing]);
  const normalise = normaliser(tiny, { add, weight });

  const cut = add('Conv', ['image', weight(width, 3, patch, patch)], [ints('strides', patch, patch)]);
  const flat = add('Reshape', [cut, integers(0, width, -1)]);
  const count = add('Slice', [add('Shape', [cut]), integers(0), integers(1)]);
  const classSizes = add('Concat', [count, integers(1, 1)], [int('axis', 0)]);
  const classTokens = add('Expand', [weight(1, 1, width), classSizes]);
  const patches = add('Transpose', [flat], [ints('perm', 0, 2, 1)]);
  const tokens = add('Concat', [classTokens, patches], [int('axis', 1)]);
  const placed = add('Add', [tokens, weight(1, nPatches + 1, width)]);
  const start = tiny.hasFirstNorm ? normalise(placed) : placed;
  const attend = (value: string) => {
    const keys = add('Transpose', [mix(value)], [ints('perm', 0, 2, 1)]);
    const weights = add('Softmax', [add('MatMul', [mix(value), keys])], [int('axis', -1)]);
    return mix(add('MatMul', [weights, mix(value)]));
  };
  const transform = (value: string) => {
    const mixed = mix(value);
    return mix(add('Mul', [mixed, add('Sigmoid', [mixed])]));
  };
  const blocks: string[] = [];
  for (let value = start; blocks.length < tiny.nBlocks; blocks.push(value)) {
    const attended = add('Add', [value, attend(normalise(value))]);
    value = add('Add', [transform(normalise(attended)), attended]);
  }
  const last = blocks.at(-1) ?? start;
  const pooled = normalise(add('Gather', [last, integers.scalar(0)], [int('axis', 1)]));
  const outputs = {
    none: () => pooled,
    projection: project,
    classifier: () => add('Add', [project(), weight(3)]),
  };
  function project() {
    return add('MatMul', [pooled, weight(width, 3)]);
  }
  const embedding = outputs[tiny.head]();
  const output = tiny.hasText ? compareWithText(embedding, { add, weight }) : embedding;
  return { model: finishGraph(made, tiny, output), start, blocks };
}

type Graph = ReturnType<typeof startGraph>;

function startGraph() {
  const node: OnnxNode[] = [];
  const initializer: OnnxTensor[] = [];
  const store = (tensor: Omit<OnnxTensor, 'name'>) => {
    const name = `w${initializer.length}`;
    initializer.push({ ...tensor, name });
    return name;
  };
  const weight = (...dims: number[]) => {
    const length = dims.reduce((product, size) => product * size, 1);
    const values = Float32Array.from({ length }, (_, i) => Math.sin(initializer.length * 7 + i * 1.3));
    return store({ dims, dataType: FLOAT, rawData: new Uint8Array(values.buffer) });
  };
  const integers = (...values: number[]) =>
    store({ dims: [values.length], dataType: INT64, int64Data: values });
  integers.scalar = (value: number) => store({ dims: [], dataType: INT64, int64Data: [value] });
  const add = (opType: string, input: string[], attribute: OnnxNode['attribute'] = []) => {
    const output = `v${node.length}`;
    node.push({ opType, input, output: [output], attribute });
    return output;
  };
  return { node, initializer, weight, integers, add };
}

function normaliser({ width, norm }: TinyClip, { add, weight }: Pick<Graph, 'add' | 'weight'>) {
  const [gain, shift, two, small] = [weight(width), weight(width), weight(1), weight(1)];
  return (value: string) => {
    if (norm === 'one-node') return add('LayerNormalization', [value, gain, shift]);
    const average = (of: string) => add('ReduceMean', [of], [ints('axes', -1)]);
    const centred = add('Sub', [value, average(value)]);
    const variance = average(add('Mul', [centred, centred]));
    const scaled = add('Div', [centred, add('Sqrt', [add('Add', [variance, small])])]);
    return add('Add', [add('Mul', [scaled, gain]), shift]);
  };
}

/** Words are tokens with a residual sum of their own; images and texts are compared by the cosine of their vectors. */
function compareWithText(embedding: string, { add, weight }: Pick<Graph, 'add' | 'weight'>): string {
  const words = add('Gather', [weight(5, 3), 'words']);
  const text = add(
    'ReduceMean',
    [add('Add', [words, add('Softmax', [words])])],
    [ints('axes', 1), int('keepdims', 0)],
  );
  const length = add('ReduceL2', [embedding], [ints('axes', -1)]);
  return add('MatMul', [text, add('Transpose', [add('Div', [embedding, length])])]);
}

function finishGraph(
  { node, initializer }: Pick<Graph, 'node' | 'initializer'>,
  { size, declaresSizes, hasText }: TinyClip,
  output: string,
): OnnxModel {
  const declare = (name: string, elemType: number, sizes: readonly (number | string)[]) => ({
    name,
    type: {
      tensorType: {
        elemType,
        shape: {
          dim: sizes.map((each) => (typeof each === 'string' ? { dimParam: each } : { dimValue: each })),
        },
      },
    },
  });
  const images = declare('image', FLOAT, ['n', ...(declaresSizes ? [3, ...size] : ['channels', 'height', 'width'])]);
  const texts = declare('words', INT64, ['m', 'length']);
  return {
    irVersion: 8,
    opsetImport: [{ domain: '', version: 17 }],
    metadataProps: [],
    graph: {
      ...{ name: 'tiny-clip', node, initializer, valueInfo: [] },
      input: hasText ? [texts, images] : [images],
      output: [{ name: output }],
    },
  };
}
