import type { Law, Subject } from './law/law.js';

/** The laws as a Markdown table, as READMEs and guides print them. */
export function formatLawTable(laws: readonly Pick<Law<Subject>, 'id' | 'title' | 'why'>[]): string {
  const rows = laws.map(({ id, title, why }) => `| \`${id}\` | ${title} | ${why} |`);
  return ['| law | what holds | why |', '| --- | --- | --- |', ...rows].join('\n');
}
