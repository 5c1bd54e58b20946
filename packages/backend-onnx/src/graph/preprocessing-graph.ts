// Preprocessing as a graph: from the pixels of an image file to what the network reads, inside one exported model.

import { applyOne, constant, input, integers, onnx, operator, scalar, type Value } from '@striate/compute';
import { unsupported } from '@striate/contracts';
import type { Preprocessing } from '../preprocessing/preprocessing.js';
import { axisWeights, number64, toBytes, type GraphAxis } from './resample-graph.js';

/** The input of an exported model: 8-bit RGB, [height, width, 3], of any size. */
export function imageInput(): Value {
  return input('image', ['height', 'width', 3], 'uint8');
}

/**
 * Bring an image to what a network reads; the same numbers as `pixelWriter` writes.
 *
 * @param image uint8 [height, width, 3], RGB.
 * @returns float32 [1, 3, height, width], or [1, height, width, 3] for a network that wants channels last.
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` for nearest-neighbour resampling.
 */
export function preprocessingGraph(image: Value, preprocessing: Preprocessing): Value {
  const { interpolation, size } = preprocessing;
  if (interpolation === 'nearest') {
    throw unsupported({
      who: 'The export of preprocessing',
      what: 'resample by nearest neighbour',
      hint: 'Use the interpolation that the network was trained with: bilinear, bicubic or lanczos.',
    });
  }
  const [rows, columns] = frameAxes(image, preprocessing);
  const bytes = onnx.Cast(image, 'float64');
  const narrow = toBytes(onnx.MatMul(axisWeights(interpolation, columns), bytes));
  const flat = onnx.Reshape(narrow, [-1, size[1] * 3]);
  const framed = toBytes(onnx.MatMul(axisWeights(interpolation, rows), flat));
  return normalise(onnx.Reshape(framed, [...size, 3]), preprocessing);
}

/** Sizes and window of `frameImage`, as scalars of the graph. */
function frameAxes(
  image: Value,
  preprocessing: Preprocessing,
): readonly [rows: GraphAxis, columns: GraphAxis] {
  const { size, cropRounding } = preprocessing;
  const from = [0, 1].map((axis) => sizeOf(image, axis));
  const to = resizedSizes(from, preprocessing);
  const [rows, columns] = ['height', 'width'].map((name, axis): GraphAxis => {
    const margin = onnx.Sub(to[axis], number64(size[axis]));
    const start = cropRounding === 'floor' ? halveDown(margin) : halveToEven(margin);
    return { name, from: from[axis], to: to[axis], start, wanted: size[axis] };
  });
  return [rows, columns];
}

/** A size of a value when run, as a float64 scalar. */
function sizeOf(x: Value, axis: number): Value {
  const shape = applyOne(
    operator('Shape', ([value]) => [{ dtype: 'int64', shape: [value!.shape.length] }]),
    [x],
  );
  return onnx.Cast(onnx.Squeeze(onnx.Gather(shape, integers([axis])), [0]), 'float64');
}

function resizedSizes(
  [height, width]: readonly Value[],
  { resize, resizeTo }: Preprocessing,
): readonly Value[] {
  if (typeof resizeTo !== 'number') return resizeTo.map(number64);
  const shorter = number64(resizeTo);
  if (resize === 'squash') return [shorter, shorter];
  const isTall = onnx.Greater(height, width);
  const longer = (long: Value, short: Value) => onnx.Floor(onnx.Div(onnx.Mul(shorter, long), short));
  return [
    onnx.Where(isTall, longer(height, width), shorter),
    onnx.Where(isTall, shorter, longer(width, height)),
  ];
}

function halveDown(margin: Value): Value {
  return onnx.Floor(onnx.Mul(margin, number64(0.5)));
}

/** A half goes to the even neighbour: one more where the margin is odd and its half, rounded down, is odd too. */
function halveToEven(margin: Value): Value {
  const isOdd = (x: Value) => onnx.Sub(x, onnx.Mul(halveDown(x), number64(2)));
  const down = halveDown(margin);
  return onnx.Add(down, onnx.Mul(isOdd(margin), isOdd(down)));
}

/** In float32, step by step, as `pixelWriter` does. */
function normalise(bytes: Value, { scale, mean, sd, channelOrder, layout }: Preprocessing): Value {
  const ordered = channelOrder === 'rgb' ? bytes : onnx.Gather(bytes, integers([2, 1, 0]), 2);
  const pixels = onnx.Cast(ordered, 'float32');
  const over = (divisor: number) => onnx.Div(pixels, scalar(divisor));
  const scaled = {
    '0..255': () => pixels,
    '0..1': () => over(255),
    '-1..1': () => onnx.Sub(over(127.5), scalar(1)),
  }[scale]();
  const perChannel = (values: readonly number[]) => constant('float32', [3], Float32Array.from(values));
  const normal = onnx.Div(onnx.Sub(scaled, perChannel(mean)), perChannel(sd));
  return onnx.Unsqueeze(layout === 'nchw' ? onnx.Transpose(normal, [2, 0, 1]) : normal, [0]);
}
