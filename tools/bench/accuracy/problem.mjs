// A made classification task: small pictures of a disc, a square, a triangle or a cross, at random places, sizes and
// colours, on noise. Pictures, first weights and the order of the batches are written once and read by both sides.
import { join } from 'node:path';
import { cosineRate } from '@striate/compute';
import { writeNpy } from '@striate/npy';
import { randomNumbers } from '../random.mjs';

export const TASK = {
  ...{ nTrain: 2048, nTest: 1024, nClasses: 4, size: 28 },
  ...{ batchSize: 32, epochs: 10, learningRate: 0.003 },
};

/** Does a point lie inside the shape of radius 1? */
const SHAPES = [
  (x, y) => Math.hypot(x, y) < 0.9,
  (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.8,
  (x, y) => y < 0.7 && y > 2 * Math.abs(x) - 1,
  (x, y) => Math.min(Math.abs(x), Math.abs(y)) < 0.3 && Math.max(Math.abs(x), Math.abs(y)) < 1,
];

/** Convolutions of 3 x 3, each followed by batch normalisation, ReLU and max-pooling; then a mean over space and a layer. */
export const CHANNELS = [3, 8, 16, 32];

/** Writes images, classes, the order of images in every epoch, the learning rate of every step and first weights. */
export async function writeProblem(folder) {
  const { nTrain, nTest, nClasses, epochs, batchSize, learningRate } = TASK;
  const write = (name, shape, data) => writeNpy(join(folder, `${name}.npy`), shape, data);
  await writePictures(write, 'train', nTrain, randomNumbers(1));
  await writePictures(write, 'test', nTest, randomNumbers(2));
  const orders = Array.from({ length: epochs }, (_, epoch) => shuffled(nTrain, randomNumbers(3 + epoch)));
  await write('orders', [epochs, nTrain], Int32Array.from(orders.flat()));
  const steps = (epochs * nTrain) / batchSize;
  const rate = cosineRate(learningRate, { steps });
  await write(
    'rates',
    [steps],
    Float64Array.from({ length: steps }, (_, i) => rate(i + 1)),
  );
  const { normal } = randomNumbers(100);
  const weights = (name, ...shape) => {
    const deviation = Math.sqrt(2 / shape.slice(1).reduce((count, size) => count * size));
    const count = shape.reduce((product, size) => product * size);
    return write(
      name,
      shape,
      Float32Array.from({ length: count }, () => deviation * normal()),
    );
  };
  for (const [i, channels] of CHANNELS.slice(1).entries())
    await weights(`conv${i + 1}`, channels, CHANNELS[i], 3, 3);
  await weights('linear', nClasses, CHANNELS.at(-1));
}

async function writePictures(write, name, count, random) {
  const { size, nClasses } = TASK;
  const classes = Int32Array.from({ length: count }, (_, i) => i % nClasses);
  const pictures = new Float32Array(count * 3 * size * size);
  classes.forEach((shape, i) =>
    draw(pictures.subarray(i * 3 * size * size, (i + 1) * 3 * size * size), SHAPES[shape], random),
  );
  await write(`${name}_images`, [count, 3, size, size], pictures);
  await write(`${name}_classes`, [count], classes);
}

function draw(picture, isInside, { uniform, normal }) {
  const { size } = TASK;
  const radius = 4 + 4 * uniform();
  const [left, top] = [0, 1].map(() => radius + (size - 1 - 2 * radius) * uniform());
  const turn = 0.6 * (uniform() - 0.5);
  const colour = [0, 1, 2].map(() => 1 + 0.5 * normal());
  for (let i = 0; i < size * size; i++) {
    const [dx, dy] = [((i % size) - left) / radius, (Math.floor(i / size) - top) / radius];
    const x = dx * Math.cos(turn) + dy * Math.sin(turn);
    const y = dy * Math.cos(turn) - dx * Math.sin(turn);
    const isShape = isInside(x, y) ? 1 : 0;
    for (let c = 0; c < 3; c++) picture[c * size * size + i] = isShape * colour[c] + 0.3 * normal();
  }
}

function shuffled(count, { uniform }) {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
