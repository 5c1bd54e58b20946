import { idsDiffer, unsupported, type GeometryTarget } from '@striate/contracts';
import type { GeometryCeilingTask, GeometryTask } from '../../plan/tasks.js';
import type { Artefact } from '../../store/index.js';
import type { OpenComparison } from '../open.js';
import { find, perSubject, type TaskSurroundings } from './surroundings.js';

/** Compare how a layer and each subject's region arrange the stimuli. */
export async function scoreGeometry(task: GeometryTask, surroundings: TaskSurroundings): Promise<Artefact> {
  const { comparison, features } = surroundings;
  const scorer = find(comparison.parts.geometryScorers, (each) => each.name === task.scorer);
  const model = find([...comparison.models, ...comparison.unions], (each) => each.name === task.model);
  const everyStimulus = comparison.stimuli.map((_, position) => position);
  const rows = await features.rows(model, task.layer, everyStimulus);
  const targets = await targetsOf(task.region, surroundings);
  const values = await scorer.part.doScore({ features: rows, targets }, scorer.options);
  return {
    values: { subjects: targets.map((target) => target.subject) },
    arrays: { values: perSubject(values) },
  };
}

/** What the best possible model would reach in a region, given how subjects differ. */
export async function estimateGeometryCeiling(
  task: GeometryCeilingTask,
  surroundings: TaskSurroundings,
): Promise<Artefact> {
  const scorer = find(surroundings.comparison.parts.geometryScorers, (each) => each.name === task.scorer);
  const targets = await targetsOf(task.region, surroundings);
  const { method, lower, upper } = await scorer.part.doEstimateCeiling(targets, scorer.options);
  return { values: { method }, arrays: { bounds: perSubject(Float64Array.of(lower, upper)) } };
}

function targetsOf(region: string, surroundings: TaskSurroundings): Promise<GeometryTarget[]> {
  const hasRdms = surroundings.comparison.description.rdms.size > 0;
  return hasRdms ? rdmTargets(region, surroundings.comparison) : responseTargets(region, surroundings);
}

async function responseTargets(
  region: string,
  { comparison, responses }: TaskSurroundings,
): Promise<GeometryTarget[]> {
  const targets: GeometryTarget[] = [];
  for (const subject of comparison.subjects) {
    const voxels = subject.regions.get(region) ?? [];
    if (voxels.length === 0) continue;
    requireAllSeen(comparison, subject);
    const voxelPositions = Int32Array.from(voxels, (voxel) => subject.voxelPositions[voxel]);
    const mean = await responses.mean({ ...subject, voxelPositions }, comparison.description.stimulusIds);
    targets.push({ subject: subject.subject, responses: mean.values });
  }
  return targets;
}

async function rdmTargets(
  region: string,
  { dataset, description, rdmSubjects }: OpenComparison,
): Promise<GeometryTarget[]> {
  const rdms = await dataset.loadRdms!(region);
  const places = new Map(rdms.stimulusIds.map((id, place) => [id, place]));
  const onlyLeft = description.stimulusIds.filter((id) => !places.has(id));
  if (onlyLeft.length > 0) {
    throw idsDiffer({ left: 'the stimuli', right: `the RDMs of ${region}`, onlyLeft, onlyRight: [] });
  }
  const rows = description.stimulusIds.map((id) => places.get(id)!);
  const n = rdms.stimulusIds.length;
  return rdmSubjects.map((subject) => {
    const start = rdms.subjects.indexOf(subject) * n * n;
    const data = new Float64Array(rows.length ** 2);
    let at = 0;
    for (const row of rows)
      for (const column of rows) data[at++] = rdms.values.data[start + row * n + column];
    return { subject, rdm: { axes: ['condition', 'condition'], shape: [rows.length, rows.length], data } };
  });
}

/** Geometry is compared over the same stimuli in every subject. */
function requireAllSeen(
  { stimuli }: OpenComparison,
  subject: { subject: string; seen: readonly number[] },
): void {
  if (subject.seen.length === stimuli.length) return;
  throw unsupported({
    who: `Subject "${subject.subject}", who saw ${subject.seen.length} of ${stimuli.length} stimuli,`,
    what: 'be compared by geometry with stimuli that were not shown',
    hint: 'List the stimuli that all subjects saw in a file under "stimuli.include".',
  });
}
