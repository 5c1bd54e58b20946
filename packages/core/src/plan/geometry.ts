// Scores without a readout.

import type { LayerInfo, TaskCost } from '@striate/contracts';
import type { ComparisonDescription, DescribedModel } from './description.js';
import { geometryKey } from './keys.js';
import type { Add, ExtractTask } from './tasks.js';

/** A layer against each region, by each geometry scorer. */
export function planGeometry(
  description: ComparisonDescription,
  model: DescribedModel,
  layer: LayerInfo,
  extracts: readonly ExtractTask[],
  add: Add,
): void {
  if (model.core) return; // its features are made only together with a readout
  for (const scorer of description.scorers.filter((candidate) => candidate.kind === 'geometry')) {
    for (const region of description.regions) {
      add({
        key: geometryKey(description, { scorer, region, model, layer: layer.name }),
        kind: 'geometry',
        title: `${scorer.name} of ${model.name}/${layer.name} and ${region}`,
        dependsOn: [...new Set(extracts.map((extract) => extract.key))],
        model: model.name,
        layer: layer.name,
        scorer: scorer.name,
        region,
        cost: geometryCost(description),
      });
    }
  }
}

/** What any layer could reach, for each region and geometry scorer. */
export function planGeometryCeilings(description: ComparisonDescription, add: Add): void {
  for (const scorer of description.scorers.filter((candidate) => candidate.kind === 'geometry')) {
    for (const region of description.regions) {
      add({
        key: geometryKey(description, { scorer, region }),
        kind: 'geometry-ceiling',
        title: `ceiling of ${scorer.name} over subjects, ${region}`,
        dependsOn: [],
        scorer: scorer.name,
        region,
        cost: geometryCost(description),
      });
    }
  }
}

function geometryCost(description: ComparisonDescription): TaskCost {
  const pairs = description.stimulusIds.length ** 2;
  return { memoryBytes: 24 * pairs, diskBytes: 1024, seconds: pairs / 1e7 };
}
