// Training steps of one subject with striate, in a process of its own so that its peak memory is its own.
import { adam, openTrainingStep } from '@striate/compute';
import { normalTensors } from './random.mjs';
import { SUBJECTS } from './subjects.mjs';

const WARM_UP = 3;
const [name, threads, steps] = process.argv.slice(2);
const random = normalTensors(1);
const { inputs, ...problem } = SUBJECTS.find((subject) => subject.name === name).build(random);
const training = await openTrainingStep(problem, { optimiser: adam(), threads: Number(threads) });
const batch = Object.fromEntries(
  inputs.map(({ origin, shape, dtype }) => [
    origin.name,
    dtype === 'bool' ? allTrue(shape) : random(shape, 1),
  ]),
);
const stepMilliseconds = [];
for (let step = 1; step <= WARM_UP + Number(steps); step++) {
  const start = performance.now();
  await training.run(batch, { step, learningRate: 1e-4 });
  if (step > WARM_UP) stepMilliseconds.push(performance.now() - start);
}
await training.dispose();
console.log(JSON.stringify({ stepMilliseconds, peakBytes: process.resourceUsage().maxRSS * 1024 }));

function allTrue(shape) {
  return { dtype: 'bool', shape, data: new Uint8Array(shape.reduce((a, b) => a * b)).fill(1) };
}
