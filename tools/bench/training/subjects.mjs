// What is trained. A subject: `name`; `shape`, which its peer is given; `peer`, the Python module that trains the same in
// PyTorch; `build(random)`, which gives the training problem and the graph's `inputs`.
import { c8 } from './c8.mjs';
import { convolution } from './convolution.mjs';
import { readouts } from './readouts.mjs';

export const SUBJECTS = [convolution, c8, ...readouts];
