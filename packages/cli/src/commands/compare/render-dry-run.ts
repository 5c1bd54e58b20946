import type { DryRun } from '@striate/core';
import { formatBytes, formatSeconds } from '../../progress.js';
import { formatTable } from '../../table.js';

/** The plan by kind of task, with what it is predicted to take. */
export function renderDryRun({ preflight, tasks }: DryRun, asJson: boolean): string {
  if (asJson) {
    const plain = tasks.map(({ task, isDone }) => ({
      key: task.key,
      kind: task.kind,
      title: task.title,
      isDone,
      dependsOn: task.dependsOn,
      cost: task.cost,
    }));
    return `${JSON.stringify({ preflight, tasks: plain }, null, 2)}\n`;
  }
  const kinds = [...new Set(tasks.map(({ task }) => task.kind))];
  const rows = kinds.map((kind) => {
    const ofKind = tasks.filter(({ task }) => task.kind === kind);
    return [
      kind,
      String(ofKind.length),
      String(ofKind.filter(({ isDone }) => isDone).length),
      ofKind[0].task.title,
    ];
  });
  const { memoryBytes, diskBytes, seconds } = preflight;
  return [
    formatTable(['task', 'planned', 'done', 'for example'], rows),
    `To do: ${preflight.nTasks - preflight.nDone} of ${preflight.nTasks} tasks.\n`,
    `Predicted: ${formatBytes(memoryBytes)} of memory, ${formatBytes(diskBytes)} of disk, about ${formatSeconds(seconds)}.\n`,
  ].join('\n');
}
