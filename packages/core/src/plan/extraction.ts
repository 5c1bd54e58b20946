import { rowLength } from '@striate/contracts';
import type { DescribedModel } from './description.js';
import { extractKey } from './keys.js';
import type { ExtractTask } from './tasks.js';

/** Used for the pre-flight only: one image through a network, on two cores. */
const ASSUMED_SECONDS_PER_STIMULUS = 0.03;

/** One pass of a model over all stimuli, for all its layers. */
export function planExtraction(model: DescribedModel): ExtractTask {
  const nStimuli = model.rowKeys.length;
  const perStimulus = model.layers.reduce((sum, layer) => sum + rowLength({ rowShape: layer.shape }), 0) * 4;
  return {
    key: extractKey(model),
    kind: 'extract',
    title: `extract ${model.layers.length === 1 ? 'one layer' : `${model.layers.length} layers`} of ${model.name}, ${nStimuli} stimuli`,
    dependsOn: [],
    model: model.name,
    cost: {
      memoryBytes: 64 * perStimulus,
      diskBytes: nStimuli * perStimulus,
      seconds: nStimuli * ASSUMED_SECONDS_PER_STIMULUS,
    },
  };
}
