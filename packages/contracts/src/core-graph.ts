// A trainable core or readout as a differentiable graph. The trainer and the ONNX export know only this; `compute`
// brings the builder, gradients and optimisers.

/** A value of a graph as far as the seams know it: `compute`'s values are such. */
export interface GraphValue {
  readonly dtype: string;
  /** A name where a size is known when run only. */
  readonly shape: readonly (number | string)[];
}

export type GraphAttribute = number | string | readonly number[];

/** The little of a graph builder that a core needs; operators under their ONNX names and semantics. */
export interface GraphBuilder {
  op(type: string, inputs: readonly GraphValue[], attributes?: Record<string, GraphAttribute>): GraphValue;
  constant(name: string, shape: readonly number[], data: Float32Array): GraphValue;
  /** A trained tensor with its initial value. */
  parameter(name: string, shape: readonly number[], initial: Float32Array): GraphValue;
}

/** A part of an encoding model that is trained together with the readout behind it. */
export interface TrainableCore {
  readonly id: string;
  /** Everything that determines the graph, hashed. */
  readonly fingerprint: string;
  /** Builds the graph from the stimulus (pixels, text grid or the features of a frozen encoder) to a feature map. */
  build(graph: GraphBuilder, inputs: readonly GraphValue[], seed: number): GraphValue;
}
