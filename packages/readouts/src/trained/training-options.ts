// What all trained readouts have in common: one budget, one stopping rule, one way to choose. Readouts that are compared
// differ in their graph and in nothing else.

import { flag, numberBetween, oneOf, valueThat, wholeNumber, type OptionReaders } from '@striate/contracts';

export interface TrainingOptions {
  readonly learningRate: number;
  /** Stimuli in one batch. */
  readonly batchSize: number;
  /** Batches whose gradients are summed for one update. */
  readonly accumulate: number;
  readonly maxEpochs: number;
  /** Updates between validations. */
  readonly validateEvery: number;
  /** Validations without a gain after which training stops. */
  readonly patience: number;
  readonly loss: 'mse' | 'mse+ccc' | 'mse+voxel-ccc';
  /** How often everything is trained anew, from other first weights and in another order. */
  readonly seeds: number;
  /** Factors of the readout's penalty; each is trained, and validation chooses. */
  readonly strengths: readonly number[];
  /** Whether each voxel takes its own best strength, or all of them the one that is best on average. */
  readonly chooseBy: 'voxel' | 'mean';
  /** Share of the training stimuli that is kept for validation where the split has none. */
  readonly validationShare: number;
  /** Bring each channel of the map to mean 0 and standard deviation 1 over training stimuli and places. */
  readonly standardise: boolean;
}

/**
 * The defaults are the paper's: Adam at 1e-4, batches of 4, gradients summed over 4 of them, at most 100 epochs, a
 * validation every 500 batches, 20 of them without a gain to stop, loss MSE + 1 - CCC.
 *
 * @source the code released with arXiv 2410.14031.
 */
export const TRAINING_READERS: OptionReaders<TrainingOptions> = {
  learningRate: numberBetween(0, Infinity, 1e-4),
  batchSize: wholeNumber(1, 4),
  accumulate: wholeNumber(1, 4),
  maxEpochs: wholeNumber(1, 100),
  validateEvery: wholeNumber(1, 125),
  patience: wholeNumber(1, 20),
  loss: oneOf(['mse', 'mse+ccc', 'mse+voxel-ccc'], 'mse+ccc'),
  seeds: wholeNumber(1, 3),
  strengths: valueThat('a list of different numbers of at least 0', areStrengths, [0]),
  chooseBy: oneOf(['voxel', 'mean'], 'voxel'),
  validationShare: numberBetween(0, 1, 0.1),
  standardise: flag(true),
};

function areStrengths(value: unknown): value is readonly number[] {
  const isStrength = (entry: unknown) => typeof entry === 'number' && entry >= 0 && entry < Infinity;
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(isStrength) &&
    new Set(value).size === value.length
  );
}

/** The choices made in training, in words. */
export function describeTraining(options: TrainingOptions): string {
  const { learningRate, batchSize, accumulate, maxEpochs, validateEvery, patience, loss, seeds } = options;
  const { strengths: factors, chooseBy, validationShare, standardise } = options;
  const choosing =
    factors.length === 1
      ? `penalty factor ${factors[0]}`
      : `penalty factor one of ${factors.join(', ')}, chosen by validation for ${chooseBy === 'voxel' ? 'each voxel' : 'all voxels'}`;
  return [
    `trained with Adam (learning rate ${learningRate}, batches of ${batchSize}, gradients summed over ${accumulate})`,
    `on responses z-scored per voxel, loss ${LOSS_NAMES[loss]}`,
    `channels ${standardise ? 'standardised' : 'not scaled'}`,
    `at most ${maxEpochs} epochs, stopped after ${patience} validations without a gain in mean Pearson r, one every ${validateEvery} updates`,
    `validated on a share of ${validationShare} of the training stimuli where the split has no validation part`,
    `${seeds} ${seeds === 1 ? 'seed' : 'seeds'}, of which each voxel takes the best on validation`,
    choosing,
  ].join(', ');
}

const LOSS_NAMES = {
  mse: 'mean squared error',
  'mse+ccc': 'mean squared error + 1 - CCC',
  'mse+voxel-ccc': 'mean squared error + 1 - CCC per voxel',
};
