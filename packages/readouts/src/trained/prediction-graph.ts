// A trained readout as a graph with its weights inside, for export.

import { constant, onnx, substitute, type Value } from '@striate/compute';
import type { FittedParts } from './fitted.js';
import type { GraphInputs } from './graph-readout.js';
import { contentsOf, seenMap } from './network.js';

/**
 * Predict in the unit of the data: each voxel from the run that it chose, scaled back.
 *
 * @param inputs map [batch, channel, height, width] as the layer gives it (a core in front of the readout is part of the graph), and
 *   the descriptor where one is wanted.
 * @returns [batch, voxel]; NaN for a voxel that was never measured.
 */
export function predictionGraph<Options extends object>(
  { network, runs, chosen, scale }: FittedParts<Options>,
  inputs: GraphInputs,
): Value {
  const { featureMap } = seenMap(network, inputs.map, 'evaluation');
  const prediction = network.readout.build({ ...inputs, map: featureMap });
  const perVoxel = (values: Float32Array) => constant('float32', [values.length], values);
  const ofRun = (run: number) => {
    const weights = contentsOf(network).map((trained): [Value, Value] => {
      const { shape, data } = runs[run].get(trained.origin.name)!;
      return [trained, constant('float32', shape, data as Float32Array)];
    });
    return substitute([prediction], new Map(weights))[0];
  };
  const isChosen = (run: number) =>
    constant(
      'bool',
      [chosen.length],
      Uint8Array.from(chosen, (choice) => Number(choice === run)),
    );
  const z = runs
    .map((_, run) => ofRun(run))
    .reduce((before, next, run) => onnx.Where(isChosen(run), next, before));
  const stretched = onnx.Mul(z, perVoxel(Float32Array.from(scale.deviation)));
  return onnx.Add(stretched, perVoxel(Float32Array.from(scale.mean)));
}
