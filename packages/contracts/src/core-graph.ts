// A trainable core: a differentiable graph between what a frozen model gives and a readout, trained together with the readout.
// The trainer and the ONNX export know only this; `compute` brings the values that graphs are made of, gradients and
// optimisers.

/** A value of a graph as far as the seams know it: `compute`'s values are such. */
export interface GraphValue {
  readonly dtype: string;
  /** A name where a size is known when run only. */
  readonly shape: readonly (number | string)[];
}

/** What a core reads and makes of one stimulus: [channel, height, width]. */
export type MapShape = readonly [channels: number, height: number, width: number];

/** Sizes of what a core reads of a layer: a vector is a map of one pixel. */
export function asMapShape([channels, height = 1, width = 1]: readonly number[]): MapShape {
  return [channels, height, width];
}

/** A part of an encoding model that is trained together with the readout behind it. */
export interface TrainableCore<Value extends GraphValue = GraphValue, Parameter extends Value = Value> {
  readonly id: string;
  /** Hash over everything that determines the graph and its first weights but the seed. */
  readonly fingerprint: string;
  /** In words and numbers, for the methods paragraph. */
  readonly description: string;
  /**
   * What it makes of a map, and what that takes; nothing is allocated.
   *
   * @throws {CapabilityError} `STRIATE_UNSUPPORTED` if it cannot read such a map.
   */
  measure(input: MapShape): CoreSize;
  /** Make the parameters with their first content. Same input and seed, same bits. Throws as {@link measure} does. */
  open(input: MapShape, seed: number): OpenCore<Value, Parameter>;
}

export interface CoreSize {
  /** Of the map that the readout reads. */
  readonly map: MapShape;
  /** Numbers that training moves. */
  readonly nParameters: number;
  /** Values of one stimulus that stand in memory at once in a training step. */
  readonly nActivations: number;
  /** Arithmetic that one stimulus takes forwards, in floating-point operations. */
  readonly nOperations: number;
}

export interface OpenCore<Value extends GraphValue = GraphValue, Parameter extends Value = Value> {
  /** What training moves. */
  readonly parameters: readonly Parameter[];
  /** Statistics that the forward pass itself moves in training, and that are read in evaluation. */
  readonly running: readonly Parameter[];
  /**
   * Build the graph from what a frozen model gives (pixels, a grid of texts, a layer) to a feature map.
   *
   * @param input [batch, channel, height, width].
   * @param mode   `training` uses the statistics of the batch and moves the running ones; `evaluation` uses the running
   *   ones and moves nothing.
   */
  build(input: Value, mode: 'training' | 'evaluation'): CoreOutput<Value, Parameter>;
}

export interface CoreOutput<Value extends GraphValue = GraphValue, Parameter extends Value = Value> {
  /** [batch, channel, height, width]. */
  readonly featureMap: Value;
  /** Next values of {@link OpenCore.running}; empty in evaluation. */
  readonly running: ReadonlyMap<Parameter, Value>;
}
