// Progress of a run.

import type { Task, TaskEvent } from '@striate/contracts';
import type { Io } from './io.js';
import { createStatus } from './status.js';

/** Before, a guess at the time left would jump about. */
const TRUST_AFTER_SECONDS = 2;

export interface Progress {
  start(tasks: readonly Task[]): void;
  onEvent(event: TaskEvent): void;
  end(): void;
}

/** Follow a run: how many tasks are done, what is being done, how long the rest may take. */
export function createProgress(io: Io, now: () => number = Date.now): Progress {
  let [nTasks, nFinished] = [0, 0];
  // Predicted seconds of what this run has to do, and of what it has done: how far it is, tasks being unequal.
  let [toDo, done] = [0, 0];
  let startedAt = now();
  const status = createStatus(io, now);
  const timeLeft = (achieved: number) => {
    const elapsed = (now() - startedAt) / 1000;
    if (elapsed < TRUST_AFTER_SECONDS || achieved <= 0) return '';
    return `, about ${formatSeconds(Math.max(0, (elapsed * (toDo - achieved)) / achieved))} left`;
  };
  const show = (task: Task, fraction: number) => {
    const percent = fraction > 0 ? ` ${Math.round(fraction * 100)} %` : '';
    status.show(
      `[${nFinished}/${nTasks}] ${task.title}${percent}${timeLeft(done + fraction * task.cost.seconds)}`,
    );
  };
  return {
    start(tasks) {
      nTasks = tasks.length;
      toDo = tasks.reduce((sum, { cost }) => sum + cost.seconds, 0);
      startedAt = now();
    },
    onEvent(event) {
      const { type, task } = event;
      if (type === 'reused' || type === 'finished') nFinished++;
      if (type === 'reused') toDo -= task.cost.seconds;
      if (type === 'finished') done += task.cost.seconds;
      if (type === 'failed') return fail(task);
      show(task, type === 'progress' ? event.fraction : 0);
    },
    end: () => status.clear(),
  };

  /** What went wrong is said by who catches the error; here, at what. */
  function fail(task: Task): void {
    status.clear();
    io.err(`At "${task.title}":\n`);
  }
}

/** `42 s`, `3 min`, `2.5 h`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** `310 MB`, `4.2 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
