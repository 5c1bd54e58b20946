import type { Warning } from '@striate/contracts';

/** Warnings of one code as one, with their counts added. */
export function sumWarnings(warnings: readonly Warning[]): Warning[] {
  const byCode = new Map<string, Warning>();
  for (const warning of warnings) {
    const before = byCode.get(warning.code);
    const total = warning.total === undefined ? {} : { total: warning.total + (before?.total ?? 0) };
    byCode.set(warning.code, {
      ...(before ?? warning),
      count: warning.count + (before?.count ?? 0),
      ...total,
    });
  }
  return [...byCode.values()];
}
