// One training step of the factorised, Gaussian and transformer readouts, on a map of frozen features.
import { input, meanSquaredErrorAndConcordance, parameter } from '@striate/compute';
import { factorizedReadout } from '@striate/readouts/factorized';
import { gaussian2dReadout } from '@striate/readouts/gaussian2d';
import { transformerReadout } from '@striate/readouts/semantic-spatial-transformer';

const SHAPE = { batch: 4, channels: 384, height: 28, width: 28, voxels: 2000 };
const { batch, channels, height, width, voxels } = SHAPE;
const LOCATOR = { descriptor: 196, hidden: 32 };

export const readouts = [
  { name: 'factorized', shape: SHAPE, build: (random) => trainedOn(factorized(random)) },
  { name: 'gaussian2d', shape: SHAPE, build: (random) => trainedOn(gaussian2d(random)) },
  { name: 'transformer', shape: { ...SHAPE, ...LOCATOR }, build: (random) => trainedOn(transformer(random)) },
].map((subject) => ({ ...subject, peer: 'readouts_peer' }));

const map = input('map', [batch, channels, height, width]);

function trainedOn({ prediction, parameters, inputs = [] }) {
  const target = input('target', [batch, voxels]);
  const mask = input('mask', [batch, voxels], 'bool');
  const loss = meanSquaredErrorAndConcordance(prediction, { target, mask });
  return { loss, parameters, inputs: [map, target, mask, ...inputs] };
}

function factorized(random) {
  const weights = { spatial: masksOf(random), ...weightsOf(random) };
  return { prediction: factorizedReadout(map, weights), parameters: Object.values(weights) };
}

function gaussian2d(random) {
  const weights = { mu: parameter('mu', random([voxels, 2], 0.3)), ...weightsOf(random) };
  const sigma = parameter('sigma', random([voxels, 2], 0.3));
  const eps = input('eps', [batch, voxels, 2]);
  return {
    prediction: gaussian2dReadout(map, weights, { sigma, eps }),
    parameters: [...Object.values(weights), sigma],
    inputs: [eps],
  };
}

function transformer(random) {
  const weights = { spatial: masksOf(random), ...weightsOf(random) };
  const movers = {
    voxelMover: moverOf('voxel', voxels, random),
    channelMover: moverOf('channel', channels, random),
  };
  const descriptor = input('descriptor', [batch, LOCATOR.descriptor]);
  return {
    prediction: transformerReadout(map, descriptor, { ...weights, ...movers }),
    parameters: [weights, movers.voxelMover, movers.channelMover].flatMap(Object.values),
    inputs: [descriptor],
  };
}

const masksOf = (random) => parameter('spatial', random([voxels, height, width], 1e-3));

const weightsOf = (random) => ({
  features: parameter('features', random([voxels, channels], 0.05)),
  bias: parameter('bias', random([voxels], 0)),
});

/** Moves things about a little: about a pixel. */
function moverOf(name, nThings, random) {
  const { descriptor, hidden } = LOCATOR;
  const identity = random([6 * nThings], 0);
  identity.data.forEach((_, i) => (identity.data[i] = Number(i % 6 === 0 || i % 6 === 4)));
  return {
    w0: parameter(`${name}/w0`, random([hidden, descriptor], descriptor ** -0.5)),
    b0: parameter(`${name}/b0`, random([hidden], 0)),
    w1: parameter(`${name}/w1`, random([6 * nThings, hidden], 0.02)),
    b1: parameter(`${name}/b1`, identity),
  };
}
