// node measure.mjs <folder> <readout> <size>: one fit and its predictions, in a process of its own so that its peak memory
// is its own.
import { open } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { mapsInFile } from './features.mjs';
import { LOCATOR, MAP, N_TEST } from './problem.mjs';
import { openRegistry } from './registry.mjs';

const [folder, id, sizeText] = process.argv.slice(2);
const { nStimuli, nVoxels, options: chosen } = JSON.parse(sizeText);
const registry = await openRegistry();
const readout = await registry.get('readouts', id);
const options = chooseOptions();
const files = { maps: await openFile('maps'), responses: await openFile('responses') };
if (readout.wantsDescriptor) files.locator = await openFile('locator');
const training = await openStimuli(0, nStimuli);
const progress = watchProgress();

const loadBefore = loadavg()[0];
const peakBytesBeforeFit = peakBytes();
const fitting = startClock();
const fitted = await readout.doFit({ ...training, seed: 1, onProgress: progress.take }, options);
const fit = fitting();
const peakBytesOfFit = peakBytes();
const test = await openStimuli(nStimuli, N_TEST);
const predicting = startClock();
const predictions = await fitted.doPredict(test.inputs);
const predictSeconds = predicting().seconds;

const size = { nStimuli, rowShape: MAP, rowLength: product(MAP), nBands: 2, nVoxels };
console.log(
  JSON.stringify({
    readout: id,
    fitSeconds: fit.seconds,
    fitCpuSeconds: fit.cpuSeconds,
    ...('maxEpochs' in options ? progress.describe(fit.seconds) : {}),
    predictSeconds,
    peakBytes: peakBytesOfFit,
    peakBytesBeforeFit,
    estimatedBytes: readout.estimateMemory(size, options),
    estimatedOperations: readout.estimateWork(size, options),
    nParameters: fitted.nParameters,
    meanTestR: await scoreTest(),
    loadAverage: { before: loadBefore, after: loadavg()[0] },
  }),
);

/** What was chosen, and the defaults; but a trained readout is trained once. */
function chooseOptions() {
  const options = readout.parseOptions(chosen);
  return 'seeds' in options ? readout.parseOptions({ seeds: 1, ...chosen }) : options;
}

function openFile(name) {
  return open(join(folder, name));
}

async function openStimuli(first, count) {
  const range = { first, count };
  const features = mapsInFile(files.maps, MAP, range);
  const descriptor = files.locator && { descriptor: mapsInFile(files.locator, LOCATOR, range) };
  const { stimulusIds } = features;
  const voxelIds = Array.from({ length: nVoxels }, (_, voxel) => `voxel ${voxel}`);
  const data = new Float64Array(count * nVoxels);
  await files.responses.read(data, 0, data.byteLength, 8 * first * nVoxels);
  const values = { axes: ['stimulus', 'voxel'], shape: [count, nVoxels], data };
  return { inputs: { features, ...descriptor }, responses: { stimulusIds, voxelIds, values } };
}

/** The progress of trained readouts grows with every epoch. */
function watchProgress() {
  let last = -1;
  const times = [];
  return {
    take(fraction) {
      if (fraction <= last) return;
      times.push(performance.now());
      if (Math.floor(20 * fraction) > Math.floor(20 * last)) console.error(`${id}: ${percent(fraction)} %`);
      last = fraction;
    },
    describe(fitSeconds) {
      const epochs = fitted.perVoxel.epochs[0];
      const seconds = times.slice(1).map((time, i) => (time - times[i]) / 1000);
      return {
        epochs,
        stoppedBy: epochs < options.maxEpochs ? 'patience' : 'maxEpochs',
        maxEpochs: options.maxEpochs,
        secondsPerEpoch: seconds.length > 0 ? median(seconds) : fitSeconds / epochs,
      };
    },
  };
}

async function scoreTest() {
  const scorer = await registry.get('scorers', 'pearson');
  const { values } = await scorer.doScore(
    { predictions, responses: test.responses.values },
    scorer.parseOptions({}),
  );
  return values.reduce((sum, r) => sum + r, 0) / values.length;
}

function startClock() {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 };
  };
}

function peakBytes() {
  return process.resourceUsage().maxRSS * 1024;
}

function percent(fraction) {
  return Math.round(100 * fraction);
}

function product(shape) {
  return shape.reduce((total, size) => total * size);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
