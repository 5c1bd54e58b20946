// Responses, images and RDMs themselves.

import type { OpenDataset, RegionRdms, RepeatedResponses, Stimulus } from '@striate/contracts';
import { demand } from '../law/breach.js';
import type { Law } from '../law/law.js';
import { demandSameBits, demandSameWords } from '../evidence/same.js';
import { regionsWithRdms, spread, subjectsWithResponses, type DatasetSubject } from './subject.js';

export const contentLaws: readonly Law<DatasetSubject>[] = [
  {
    id: 'dataset/mask-is-true',
    title: 'holds finite responses where it observed something, and NaN where it did not',
    why: 'A number in a gap, or a gap among the numbers, is averaged with the rest.',
    async check({ open }) {
      const dataset = await open();
      for (const subject of subjectsWithResponses(dataset)) {
        demandTrueMask(subject, await dataset.loadResponses(subject));
      }
    },
  },
  {
    id: 'dataset/loads-the-same-twice',
    title: 'opens and loads the same twice: tables, responses, fingerprints, RDMs',
    why: 'Artefacts are addressed by the fingerprints, and a resumed run reads the data again.',
    check: async ({ open }) => demandSameTwice(await open(), await open()),
  },
  {
    id: 'dataset/images-readable',
    title: 'has images that can be read, with the SHA-256 that it says',
    why: 'Features are addressed by the hash of the image; a wrong one finds the features of another.',
    async check({ open }) {
      const { stimuli } = await open();
      for (const stimulus of spread(stimuli, 32)) await demandTrueHash(stimulus); // 32: NSD has 73,000
    },
  },
  {
    id: 'dataset/rdms-valid',
    title: 'has RDMs that are symmetric, with zeros on the diagonal, one per subject, if it has RDMs',
    why: 'RSA reads the upper triangle and would not notice.',
    async check({ open }) {
      const dataset = await open();
      for (const region of regionsWithRdms(dataset)) demandValidRdms(await dataset.loadRdms!(region), region);
    },
  },
];

function demandTrueMask(subject: string, { values, observed }: RepeatedResponses): void {
  const { data } = values;
  for (let i = 0; i < data.length; i++) {
    const isObserved = !observed || observed[i] === 1;
    if (isObserved ? Number.isFinite(data[i]) : Number.isNaN(data[i])) continue;
    const where = `value ${i} of the responses of "${subject}"`;
    demand(false, `${where} is ${data[i]} and is said to be ${isObserved ? '' : 'not '}observed`);
  }
}

async function demandSameTwice(first: OpenDataset, second: OpenDataset): Promise<void> {
  demandSameWords('tables of a second opening', tablesOf(second), tablesOf(first));
  for (const subject of subjectsWithResponses(first)) {
    const prints = [second, first].map((dataset) => dataset.responsesFingerprint(subject));
    demandSameWords(`fingerprint of "${subject}"`, [prints[0]], [prints[1]]);
    const [again, before] = [await second.loadResponses(subject), await first.loadResponses(subject)];
    demandSameBits(`responses of "${subject}"`, again.values.data, before.values.data);
    demandSameBits(`mask of "${subject}"`, again.observed ?? [], before.observed ?? []);
  }
  for (const region of regionsWithRdms(first)) {
    const prints = [second, first].map((dataset) => dataset.rdmsFingerprint?.(region) ?? '');
    demandSameWords(`fingerprint of the RDMs of "${region}"`, [prints[0]], [prints[1]]);
    const [again, before] = [await second.loadRdms!(region), await first.loadRdms!(region)];
    demandSameBits(`RDMs of "${region}"`, again.values.data, before.values.data);
  }
}

function tablesOf({ stimuli, subjects, voxels, regions, split }: OpenDataset): string[] {
  return [stimuli, subjects, voxels, regions, split ?? {}].map((table) => JSON.stringify(table));
}

async function demandTrueHash({ id, image }: Stimulus): Promise<void> {
  if (!image) return;
  const bytes = await image.readBytes();
  demand(bytes.length > 0, `the image of stimulus "${id}" ("${image.location}") is empty`);
  const digest = await globalThis.crypto.subtle.digest('SHA-256', Uint8Array.from(bytes));
  const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const detail = `the image of stimulus "${id}" has SHA-256 ${sha256}; the dataset says ${image.sha256}`;
  demand(sha256 === image.sha256, detail);
}

function demandValidRdms({ subjects, stimulusIds, values }: RegionRdms, region: string): void {
  const n = stimulusIds.length;
  const expected = [subjects.length, n, n].map(String);
  demandSameWords(`shape of the RDMs of "${region}"`, values.shape.map(String), expected);
  for (let i = 0; i < values.data.length; i++) {
    const [subject, row, column] = [Math.floor(i / (n * n)), Math.floor(i / n) % n, i % n];
    const mirrored = values.data[(subject * n + column) * n + row];
    const isValid = values.data[i] === mirrored && (row !== column || mirrored === 0);
    const where = `the RDM of "${region}", subject "${subjects[subject]}", conditions ${row} and ${column}`;
    if (!isValid) demand(false, `${where}: ${values.data[i]} here, ${mirrored} on the other side`);
  }
}
