// node striate.mjs <folder>: trains the network with striate, prints loss and accuracy after every epoch.
import { adam, crossEntropy, encodeModel, input, openSession, toModel, train } from '@striate/compute';
import { readTensor } from './files.mjs';
import { openNetwork } from './network.mjs';
import { TASK } from './problem.mjs';

const [folder] = process.argv.slice(2);
const { nTrain, nTest, nClasses, size, batchSize, epochs } = TASK;
const TEST_BATCH = 256;
const perImage = 3 * size * size;

const [trainSet, testSet] = [await readSet('train'), await readSet('test')];
const { data: orders } = await readTensor(folder, 'orders');
const { data: rates } = await readTensor(folder, 'rates');
const network = await openNetwork(folder);
const evaluator = await openEvaluator();

const { logits, running } = network.build(input('images', [batchSize, 3, size, size]), 'training');
const loss = crossEntropy(logits, input('classes', [batchSize, nClasses]));
const nBatches = nTrain / batchSize;
const start = performance.now();
const { history } = await train(
  { loss, parameters: network.parameters, running },
  { nBatches, batchSize, batches: listBatches },
  {
    optimiser: adam(),
    learningRate: (step) => rates[step - 1],
    maxEpochs: epochs,
    validate: measureAccuracy,
  },
);
const seconds = (performance.now() - start) / 1000;
await evaluator.dispose();
const curve = history.map((entry) => ({ loss: entry.loss, accuracy: entry.score }));
console.log(JSON.stringify({ seconds, curve }));

async function readSet(name) {
  const { data: images } = await readTensor(folder, `${name}_images`);
  const { data: classes } = await readTensor(folder, `${name}_classes`);
  return { images, classes };
}

function* listBatches(epoch, from) {
  for (let batch = from; batch < nBatches; batch++) {
    const first = epoch * nTrain + batch * batchSize;
    yield gather(trainSet, orders.subarray(first, first + batchSize));
  }
}

function gather({ images, classes }, rows) {
  const pixels = new Float32Array(rows.length * perImage);
  const labels = new Float32Array(rows.length * nClasses);
  rows.forEach((row, i) => {
    pixels.set(images.subarray(row * perImage, (row + 1) * perImage), i * perImage);
    labels[i * nClasses + classes[row]] = 1;
  });
  return {
    images: { dtype: 'float32', shape: [rows.length, 3, size, size], data: pixels },
    classes: { dtype: 'float32', shape: [rows.length, nClasses], data: labels },
  };
}

function openEvaluator() {
  const { logits: shown } = network.build(input('images', [TEST_BATCH, 3, size, size]), 'evaluation');
  return openSession(encodeModel(toModel({ logits: shown }, { inputs: network.stored })));
}

async function measureAccuracy(parameters) {
  let hits = 0;
  for (let first = 0; first < nTest; first += TEST_BATCH) {
    const rows = Array.from({ length: TEST_BATCH }, (_, i) => first + i);
    const { images } = gather(testSet, rows);
    const { logits: scores } = await evaluator.run({ ...Object.fromEntries(parameters), images });
    rows.forEach((row, i) => {
      const ofRow = [...scores.data.subarray(i * nClasses, (i + 1) * nClasses)];
      if (ofRow.indexOf(Math.max(...ofRow)) === testSet.classes[row]) hits++;
    });
  }
  return hits / nTest;
}
