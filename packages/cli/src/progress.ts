// Progress for people: one line that changes in a terminal, a few lines elsewhere.

import type { Task, TaskEvent } from '@striate/contracts';
import type { Io } from './io.js';

const LOG_EVERY_MS = 10_000;

export interface Progress {
  start(nTasks: number): void;
  onEvent(event: TaskEvent): void;
  end(): void;
}

/** Follow a run: how many tasks are done, what is being done, how long the rest may take. */
export function createProgress(io: Io, now: () => number = Date.now): Progress {
  let total = 0;
  let finished = 0;
  let startedAt = now();
  let lastLog = now();
  const show = (task: Task, fraction: number) => {
    const line = `[${finished}/${total}] ${task.title}${fraction > 0 ? ` ${Math.round(fraction * 100)} %` : ''}${timeLeft()}`;
    if (io.status) io.status(line);
    else if (now() - lastLog > LOG_EVERY_MS) {
      lastLog = now();
      io.err(`${line}\n`);
    }
  };
  const timeLeft = () => {
    if (finished < 3) return '';
    const seconds = (((now() - startedAt) / finished) * (total - finished)) / 1000;
    return `, about ${formatSeconds(seconds)} left`;
  };
  return {
    start(nTasks) {
      total = nTasks;
      startedAt = now();
    },
    onEvent(event) {
      if (event.type === 'reused' || event.type === 'finished') finished++;
      show(event.task, event.type === 'progress' ? event.fraction : 0);
    },
    end: () => io.status?.(''),
  };
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
