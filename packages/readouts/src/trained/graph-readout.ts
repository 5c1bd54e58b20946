// What one trained readout has to say: its parameters and its graph. Data, training, choice of penalties, prediction and
// storage are the same for all (`trained-readout.ts`).

import type { Parameter, Random, Tensor, Value } from '@striate/compute';
import type { CoreSize, MapShape, OptionReaders } from '@striate/contracts';

export interface ReadoutSize {
  readonly nVoxels: number;
  readonly map: MapShape;
  /** Of the second input, for readouts that want one. */
  readonly descriptor?: MapShape;
  /** [voxel, 3]: where voxels lie, each axis of mean 0 and standard deviation 1. Plain numbers, to be stored. */
  readonly coordinates?: readonly number[];
}

export interface GraphInputs {
  /** [batch, channel, height, width]. */
  readonly map: Value;
  /** [batch, channel, height, width] of the locator. */
  readonly descriptor?: Value;
}

/** Where voxels look: [1 or batch, voxel] each, in half widths (heights) of the map from its middle, x to the right, y down. */
export interface Fields {
  readonly x: Value;
  readonly y: Value;
  /** Standard deviation of the field, the root of the mean variance along both directions. */
  readonly size: Value;
  /** What else there is to say, under names of the readout's own; the same shape. */
  readonly others?: Readonly<Record<string, Value>>;
}

export interface GraphReadout<Options extends object> {
  readonly id: string;
  readonly title: string;
  /** Changes when results change. */
  readonly version: number;
  readonly wantsDescriptor?: boolean;
  wantsCoordinates?(options: Options): boolean;
  /** Options beside those of training. */
  readonly readers: OptionReaders<Options>;
  describe(options: Options): string;
  /** Number of trained parameters, known before anything is allocated. */
  countParameters(size: ReadoutSize, options: Options): number;
  /** Values of one stimulus that a training step keeps between its inputs and its loss; fitted to what memory it took. */
  countActivations(size: ReadoutSize, options: Options): number;
  open(size: ReadoutSize, options: Options, random: Random): OpenGraphReadout;
}

/** Numbers that training moves: of the readout, and of the core in front of it. */
export function countAllParameters<Options extends object>(
  definition: GraphReadout<Options>,
  size: ReadoutSize,
  options: Options,
  core: CoreSize | undefined,
): number {
  return definition.countParameters(size, options) + (core?.nParameters ?? 0);
}

export interface OpenGraphReadout {
  readonly parameters: readonly Parameter[];
  /** Where a parameter is brought back to after each update. */
  readonly projections?: ReadonlyMap<Parameter, (value: Value) => Value>;
  /**
   * Build the prediction, [batch, voxel], of z-scored responses.
   *
   * @param noise In training, for readouts that want noise: fresh standard normal numbers at every step.
   */
  build(inputs: GraphInputs, noise?: Value): Value;
  /** Shape of the noise for a batch. */
  noiseShape?(batchSize: number): readonly number[];
  /** A scalar that is added to the loss with a factor; absent: nothing is penalised. */
  penalty?(): Value;
  /** Where voxels look at these images. */
  fields?(inputs: GraphInputs): Fields;
}

/** Content of parameters, by name. */
export type Weights = ReadonlyMap<string, Tensor>;
