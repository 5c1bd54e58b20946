// A trainable core: a differentiable graph in front of a readout. The trainer and the ONNX export know only this;
// `compute` brings the values that graphs are made of, gradients and optimisers.

/** A value of a graph as far as the seams know it: `compute`'s values are such. */
export interface GraphValue {
  readonly dtype: string;
  /** A name where a size is known when run only. */
  readonly shape: readonly (number | string)[];
}

/** A part of an encoding model that is trained together with the readout behind it. */
export interface TrainableCore<Value extends GraphValue = GraphValue, Parameter extends Value = Value> {
  readonly id: string;
  /** Everything that determines the graph, hashed. */
  readonly fingerprint: string;
  /** Make the parameters with their first content. Same seed, same bits. */
  open(seed: number): OpenCore<Value, Parameter>;
}

export interface OpenCore<Value extends GraphValue = GraphValue, Parameter extends Value = Value> {
  /** What training moves. */
  readonly parameters: readonly Parameter[];
  /**
   * Build the graph from the stimulus (pixels, text grid or the features of a frozen encoder) to a feature map.
   *
   * @param inputs What the core reads, [batch, channel, height, width] each.
   * @param mode   `training` uses the statistics of the batch and moves the running ones; `evaluation` uses the running
   *   ones and moves nothing.
   */
  build(inputs: readonly Value[], mode: 'training' | 'evaluation'): CoreOutput<Value, Parameter>;
}

export interface CoreOutput<Value extends GraphValue = GraphValue, Parameter extends Value = Value> {
  /** [batch, channel, height, width]. */
  readonly featureMap: Value;
  /** Running statistics, and their next values; empty in evaluation. */
  readonly running: ReadonlyMap<Parameter, Value>;
}
