// One operation of striate, in a process of its own; the first of two runs is a warm-up.
import { createLinearAlgebra, gramMatrix, zeros } from '@striate/compute';
import { OPERATIONS } from './tasks.mjs';

const [name, size, precision] = process.argv.slice(2);
const n = Number(size);
const x = zeros(n, n, precision);
for (let i = 0, state = 1; i < x.data.length; i++) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  x.data[i] = state / 2 ** 31 - 1;
}
const algebra = createLinearAlgebra();
const a = await gramMatrix(algebra, x);
for (let i = 0; i < a.data.length; i++) a.data[i] = a.data[i] / n + (i % (n + 1) === 0 ? 1 : 0);
let seconds = 0;
for (let i = 0; i < 2; i++) {
  const start = performance.now();
  await OPERATIONS[name](algebra, { x, a });
  seconds = (performance.now() - start) / 1000;
}
console.log(JSON.stringify({ seconds }));
