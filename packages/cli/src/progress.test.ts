import type { Task } from '@striate/contracts';
import { createProgress } from './progress.js';

const task = (title: string, seconds: number): Task => ({
  ...{ key: title, title, kind: 'fit', dependsOn: [] },
  cost: { memoryBytes: 0, diskBytes: 0, seconds },
});

/** Progress with a clock that is set by hand, and the line that it shows. */
function follow(tasks: readonly Task[]) {
  const shown = { line: '', said: '', seconds: 0 };
  const io = {
    ...{ cwd: '', env: {}, out: () => undefined },
    err: (text: string) => void (shown.said += text),
    status: (text: string) => void (shown.line = text),
  };
  const progress = createProgress(io, () => shown.seconds * 1000);
  progress.start(tasks);
  return { shown, onEvent: progress.onEvent };
}

describe('createProgress', () => {
  it('takes the time that is left from predicted work, not from the number of tasks', () => {
    const [long, short] = [task('long', 90), task('short', 10)];
    const { shown, onEvent } = follow([short, long]);
    onEvent({ type: 'started', task: short });
    shown.seconds = 20;
    onEvent({ type: 'finished', task: short, seconds: 20 });
    expect(shown.line).toBe('[1/2] short, about 3 min left'); // 10 of 100 took 20 s: 180 s are left
    shown.seconds = 110;
    onEvent({ type: 'progress', task: long, fraction: 0.9 });
    expect(shown.line).toBe('[1/2] long 90 %, about 11 s left'); // 91 of 100 took 110 s
  });

  it('does not count what was there already as work done fast', () => {
    const [there, now] = [task('there', 900), task('now', 10)];
    const { shown, onEvent } = follow([there, now]);
    onEvent({ type: 'reused', task: there });
    shown.seconds = 5;
    onEvent({ type: 'progress', task: now, fraction: 0.5 });
    expect(shown.line).toBe('[1/2] now 50 %, about 5.0 s left');
  });

  it('names the task that failed', () => {
    const { shown, onEvent } = follow([task('fit ridge on net/conv1', 1)]);
    onEvent({ type: 'failed', task: task('fit ridge on net/conv1', 1) });
    expect(shown).toMatchObject({ line: '', said: 'At "fit ridge on net/conv1":\n' });
  });
});
