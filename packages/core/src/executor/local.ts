import {
  aborted,
  type ExecutionRequest,
  type ExecutionSummary,
  type Executor,
  type Task,
} from '@striate/contracts';
import { findNeeded } from './needed.js';

/**
 * An executor that performs tasks in this process, one after the other: inside a task, ONNX Runtime uses all cores.
 *
 * @throws {CapabilityError} from `run`: `STRIATE_ABORTED` between two tasks; errors of tasks pass through unchanged.
 */
export function createLocalExecutor(): Executor {
  return { specVersion: 'v1', id: 'local', title: 'One task after the other, in this process', run };
}

async function run<T extends Task>(request: ExecutionRequest<T>): Promise<ExecutionSummary> {
  const { graph, isDone, perform, signal, onEvent } = request;
  const needed = new Set(await findNeeded(graph, isDone));
  for (const task of graph.tasks) if (!needed.has(task)) onEvent?.({ type: 'reused', task });
  for (const task of needed) {
    if (signal?.aborted) throw aborted(`The run, before "${task.title}",`);
    onEvent?.({ type: 'started', task });
    const start = performance.now();
    try {
      await perform(task, (fraction) => onEvent?.({ type: 'progress', task, fraction }));
    } catch (error) {
      onEvent?.({ type: 'failed', task });
      throw error;
    }
    onEvent?.({ type: 'finished', task, seconds: (performance.now() - start) / 1000 });
  }
  return { performed: needed.size, reused: graph.tasks.length - needed.size };
}
