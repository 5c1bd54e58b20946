import type { RunRecord } from '@striate/contracts';
import { html, type Html } from '../../html.js';
import { table } from '../table.js';
import { unitsOf } from '../units.js';

/** Every choice that was made, as a paragraph that can be pasted into a paper, and the models' table. */
export function methodsSection(record: RunRecord): Html {
  const sentences = [
    ...dataSentences(record),
    ...modelSentences(record),
    ...analysisSentences(record),
    `Seed ${record.seed}; striate ${record.striateVersion}; plan ${record.planKey.slice(0, 12)}.`,
  ].map((sentence) => sentence.replace(/\.\.$/, '.'));
  return html`<p class="methods">${sentences.join(' ')}</p>
    ${modelTable(record)}
    <details>
      <summary>Configuration with every default</summary>
      <pre class="scroll" tabindex="0"><code>${JSON.stringify(record.configuration, null, 2)}</code></pre>
    </details>`;
}

function dataSentences({ dataset, subjects, regions, split }: RunRecord): string[] {
  const nVoxels = subjects.reduce((sum, subject) => sum + subject.voxelIds.length, 0);
  const what =
    nVoxels > 0 ? `, ${nVoxels} ${unitsOf({ dataset })} of ${count(subjects.length, 'subject')}` : '';
  return [
    `Data: ${dataset.name}${dataset.citation === undefined ? '' : ` (${dataset.citation})`}, ${count(dataset.nStimuli, 'stimulus', 'stimuli')}${what}; regions ${regions.join(', ')}.`,
    ...(split ? [`Split by stimulus: ${split.description}.`] : []),
  ];
}

function modelSentences({ models }: RunRecord): string[] {
  const nLayers = models.reduce((sum, model) => sum + model.layers.length, 0);
  const each = models.map(({ name, card, core, fingerprint }) => {
    const trained = core && `trained together with each readout: ${core}`;
    const shown = `fingerprint ${fingerprint.slice(0, 12)}`;
    const facts = [card.title, card.preprocessing, trained, card.citation, shown];
    return `${name} (${facts.filter((fact) => fact !== undefined).join('; ')})`;
  });
  return [`Features: ${count(nLayers, 'layer')} of ${count(models.length, 'model')}: ${each.join(', ')}.`];
}

function analysisSentences(record: RunRecord): string[] {
  const { readouts, scorers, ceiling } = record;
  const conventions = record.conventions.filter(({ id }) => isUsed(record, id));
  return [
    ...readouts.map(({ name, description }) => `Readout "${name}": ${description}.`),
    ...scorers.map(({ name, description }) => `Score "${name}": ${description}.`),
    ...(ceiling ? [`Noise ceiling "${ceiling.id}": ${ceiling.description}.`] : []),
    ...conventions.map(({ id, formula, source }) => `Convention "${id}": ${formula} (${source}).`),
  ];
}

function modelTable({ models }: RunRecord): Html {
  const rows = models.map(({ name, backend, card, layers, fingerprint }) => [
    ...[name, card.title, backend, card.family, card.trainingData ?? '–', card.licence ?? '–'],
    ...[layers.length, fingerprint.slice(0, 12)],
  ]);
  const heads = [
    'model',
    'what it is',
    'backend',
    'family',
    'trained on',
    'licence',
    'layers',
    'fingerprint',
  ];
  return table('Models', heads, rows);
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

function isUsed({ predictions }: RunRecord, id: string): boolean {
  return predictions.some(({ regions }) =>
    regions.some(({ conventions }) => conventions.some(({ convention }) => convention === id)),
  );
}
