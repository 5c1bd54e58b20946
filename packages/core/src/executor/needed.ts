import { internal, type Task, type TaskGraph } from '@striate/contracts';

/**
 * Find the tasks that have to be performed: from the ends of the graph backwards, what is not done and is needed by
 * something that is not done. Whether a task is done is only asked where it matters, so a graph whose ends are all
 * done costs one question per end.
 *
 * @returns The tasks to perform, in the order of the graph.
 * @throws {InternalError} `STRIATE_INTERNAL` if a task stands before what it depends on, or depends on nothing known.
 */
export async function findNeeded<T extends Task>(
  { tasks }: TaskGraph<T>,
  isDone: (task: T) => Promise<boolean>,
): Promise<T[]> {
  requireOrder(tasks);
  const wanted = new Set(endsOf(tasks));
  const needed: T[] = [];
  for (const task of [...tasks].reverse()) {
    if (!wanted.has(task.key) || (await isDone(task))) continue;
    needed.push(task);
    for (const key of task.dependsOn) wanted.add(key);
  }
  return needed.reverse();
}

/** Keys of tasks that nothing depends on. */
function endsOf(tasks: readonly Task[]): string[] {
  const inner = new Set(tasks.flatMap((task) => task.dependsOn));
  return tasks.map((task) => task.key).filter((key) => !inner.has(key));
}

function requireOrder(tasks: readonly Task[]): void {
  const before = new Set<string>();
  for (const task of tasks) {
    const missing = task.dependsOn.find((key) => !before.has(key));
    if (missing !== undefined)
      throw internal(`"${task.title}" stands in the plan before what it depends on`, { missing });
    before.add(task.key);
  }
}
