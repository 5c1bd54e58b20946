import type { DryRun } from '@striate/core';
import { formatBytes, formatSeconds } from '../../progress.js';
import { formatTable } from '../../table.js';

/** The plan by kind of task, with what it is predicted to take. */
export function renderDryRun({ graph, needed, cost }: DryRun, asJson: boolean): string {
  const toDo = new Set(needed.map((task) => task.key));
  if (asJson) {
    const tasks = graph.tasks.map((task) => ({ ...task, isNeeded: toDo.has(task.key) }));
    return `${JSON.stringify({ predicted: cost, nTasks: tasks.length, nNeeded: toDo.size, tasks }, null, 2)}\n`;
  }
  const rows = [...new Set(graph.tasks.map((task) => task.kind))].map((kind) => {
    const ofKind = graph.tasks.filter((task) => task.kind === kind);
    const nNeeded = ofKind.filter((task) => toDo.has(task.key)).length;
    return [kind, String(ofKind.length), String(nNeeded), ofKind[0].title];
  });
  const { memoryBytes, diskBytes, seconds } = cost;
  return [
    formatTable(['task', 'planned', 'to do', 'for example'], rows),
    `Predicted: ${formatBytes(memoryBytes)} of memory, ${formatBytes(diskBytes)} of disk, about ${formatSeconds(seconds)}.\n`,
  ].join('\n');
}
