import type { RunRecord } from '@striate/contracts';
import { html, type Html } from '../html.js';

/** Every choice that was made, as a paragraph that can be pasted into a paper, and the models' table. */
export function methodsSection(record: RunRecord): Html {
  const models = record.models.map(
    ({ name, backend, card, fingerprint, layers }) =>
      html`<tr>
        <td>${name}</td>
        <td class="text">${card.title}</td>
        <td class="text">${backend}</td>
        <td class="text">${card.trainingData ?? card.family}</td>
        <td>${layers.length}</td>
        <td class="text"><code>${fingerprint.slice(0, 12)}</code></td>
      </tr>`,
  );
  const preprocessing = record.models.flatMap(({ name, card }) =>
    card.preprocessing === undefined ? [] : [html`<li>${name}: ${card.preprocessing}</li>`],
  );
  return html`<p class="methods">${sentences(record).join(' ')}</p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>model</th>
            <th class="text">what it is</th>
            <th class="text">backend</th>
            <th class="text">trained on</th>
            <th>layers</th>
            <th class="text">fingerprint</th>
          </tr>
        </thead>
        <tbody>
          ${models}
        </tbody>
      </table>
    </div>
    <h3>Preprocessing</h3>
    <ul class="note">
      ${preprocessing}
    </ul>
    <details>
      <summary>Configuration with every default</summary>
      <pre class="scroll"><code>${JSON.stringify(record.configuration, null, 2)}</code></pre>
    </details>`;
}

function sentences(record: RunRecord): string[] {
  const { dataset, subjects, split, readouts, scorers, ceiling, conventions, models } = record;
  const nVoxels = subjects.reduce((sum, subject) => sum + subject.voxelIds.length, 0);
  const responses =
    nVoxels > 0
      ? `, ${nVoxels} ${dataset.recordingKind}s of ${subjects.length} subject${subjects.length === 1 ? '' : 's'}`
      : '';
  const nLayers = models.reduce((sum, model) => sum + model.layers.length, 0);
  return [
    `Data: ${dataset.name}, ${dataset.nStimuli} stimuli${responses}, regions ${record.regions.join(', ')}.${dataset.citation === undefined ? '' : ` ${dataset.citation}.`}`,
    `Features of ${nLayers} layers of ${models.length} models (${models.map(({ name }) => name).join(', ')}).`,
    ...(split ? [`Split by stimulus: ${split.description}.`] : []),
    ...readouts.map(({ name, description }) => `Readout "${name}": ${description}.`),
    ...scorers.map(({ name, description }) => `Score "${name}": ${description}.`),
    ...(ceiling ? [`Noise ceiling "${ceiling.id}": ${ceiling.description}.`] : []),
    ...conventions.map(({ id, formula, source }) => `Convention "${id}": ${formula} (${source}).`),
    `Seed ${record.seed}; striate ${record.striateVersion}; plan ${record.planKey.slice(0, 12)}.`,
  ].map((sentence) => sentence.replace(/\.\.$/, '.'));
}
