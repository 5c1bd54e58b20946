import { backendLaws } from './backend/laws.js';
import { ceilingLaws } from './ceiling/laws.js';
import { conventionLaws } from './convention/laws.js';
import { datasetLaws } from './dataset/laws.js';
import { geometryScorerLaws } from './geometry-scorer/laws.js';
import { readoutLaws } from './readout/laws.js';
import { predictionScorerLaws } from './scorer/laws.js';

type LawInWords = Readonly<Record<'id' | 'title' | 'why', string>>;

const SEAMS: readonly (readonly [title: string, laws: readonly LawInWords[]])[] = [
  ['A backend', backendLaws],
  ['A readout', readoutLaws],
  ['A prediction scorer', predictionScorerLaws],
  ['A geometry scorer', geometryScorerLaws],
  ['A noise ceiling', ceilingLaws],
  ['A convention', conventionLaws],
  ['A dataset', datasetLaws],
];

/** All laws as Markdown tables, one per seam, as the README and the guides print them. */
export function formatLawTables(): string {
  return SEAMS.map(([title, laws]) => `### ${title}\n\n${formatTable(laws)}`).join('\n\n');
}

function formatTable(laws: readonly LawInWords[]): string {
  const rows = laws.map(({ id, title, why }) => `| \`${id}\` | ${title} | ${why} |`);
  return ['| law | what holds | what goes wrong otherwise |', '| --- | --- | --- |', ...rows].join('\n');
}
