import type { CeilingTask } from '../../plan/tasks.js';
import type { Artefact } from '../../store/index.js';
import { find, perVoxel, type TaskSurroundings } from './surroundings.js';

/** Noise ceilings from all repetitions of all stimuli of the comparison that the subject saw. */
export async function estimateCeiling(
  task: CeilingTask,
  { comparison, responses }: TaskSurroundings,
): Promise<Artefact> {
  const { parts, description } = comparison;
  const subject = find(comparison.subjects, (each) => each.subject === task.subject);
  const seenIds = subject.seen.map((position) => description.stimulusIds[position]);
  const ceiling = parts.ceiling!;
  const repeated = await responses.repeated(subject, seenIds);
  const estimate = await ceiling.part.doEstimate(repeated, ceiling.options, description.seed);
  const { method, nUndefined, correlation, variance } = estimate;
  return {
    values: { method, nUndefined },
    arrays: { correlation: perVoxel(correlation), variance: perVoxel(variance) },
  };
}
