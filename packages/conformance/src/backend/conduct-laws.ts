// How a model behaves towards its caller: refusals, aborts, disposal, its neighbours.

import type { LoadedModel, Stimulus } from '@striate/contracts';
import { demand } from '../law/breach.js';
import { describeError, type Law } from '../law/law.js';
import { demandRefusal } from '../evidence/refusal.js';
import { demandSameBits } from '../evidence/same.js';
import { demandSameFeatures, extract } from './extract.js';
import { probeNames, withModel, type BackendSubject } from './subject.js';

export const conductLaws: readonly Law<BackendSubject>[] = [
  {
    id: 'backend/inputs-untouched',
    title: 'leaves stimuli and their bytes as they were',
    why: 'The next backend is shown the same stimuli.',
    check: (subject) => withModel(subject, (model) => demandUntouchedStimuli(model, subject)),
  },
  {
    id: 'backend/unknown-layer-refused',
    title: 'refuses an unknown layer with STRIATE_UNKNOWN_LAYER that names the candidates',
    why: 'Layer names are long and mistyped.',
    check: (subject) => withModel(subject, (model) => demandUnknownLayerRefused(model, subject)),
  },
  {
    id: 'backend/missing-input-refused',
    title: 'refuses a stimulus that lacks what the model looks at, with an error of the catalogue',
    why: 'A black image or an empty caption in its place would be scored as if it were real.',
    check: (subject) => withModel(subject, (model) => demandEmptyStimulusRefused(model, subject)),
  },
  {
    id: 'backend/broken-image-refused',
    title: 'refuses bytes that are no image with STRIATE_IMAGE_UNDECODABLE, if it looks at images',
    why: 'Downloads are cut short, and error pages are saved as .jpg.',
    check: (subject) =>
      withModel(subject, async (model) => {
        if (model.needs !== 'image') return;
        const action = async () => extract(model, [textAsImage(subject)], await probeNames(model));
        await demandRefusal('extracting from a text file', action, 'STRIATE_IMAGE_UNDECODABLE');
      }),
  },
  {
    id: 'backend/abort-honoured',
    title: 'stops with STRIATE_ABORTED when its signal is aborted, before or between batches',
    why: 'Ctrl-C on a cluster has to stop the work and leave nothing half-written.',
    check: (subject) => withModel(subject, (model) => demandAborts(model, subject)),
  },
  {
    id: 'backend/dispose',
    title: 'may be disposed of twice, and refuses any later use with STRIATE_USED_AFTER_DISPOSE',
    why: 'Freed memory of a native library, read again, ends the process.',
    check: demandDisposable,
  },
  {
    id: 'backend/models-independent',
    title: 'keeps two opened models from disturbing each other',
    why: 'A comparison opens several models; state shared between them mixes their features.',
    check: (subject) => withModel(subject, (model) => demandIndependence(model, subject)),
  },
];

async function demandUntouchedStimuli(model: LoadedModel, { stimuli }: BackendSubject): Promise<void> {
  const handedOut: { location: string; bytes: Uint8Array; copy: Uint8Array }[] = [];
  const watched = stimuli.map((stimulus) => watchBytes(stimulus, (entry) => handedOut.push(entry)));
  const before = JSON.stringify(watched);
  await extract(model, watched, await probeNames(model));
  demand(JSON.stringify(watched) === before, 'the stimuli were changed');
  for (const { location, bytes, copy } of handedOut) demandSameBits(`bytes of "${location}"`, bytes, copy);
}

function watchBytes(
  stimulus: Stimulus,
  onRead: (entry: { location: string; bytes: Uint8Array; copy: Uint8Array }) => void,
): Stimulus {
  const { image } = stimulus;
  if (!image) return { ...stimulus };
  const { location, sha256 } = image;
  const readBytes = async () => {
    const bytes = await image.readBytes();
    onRead({ location, bytes, copy: bytes.slice() });
    return bytes;
  };
  return { ...stimulus, image: { location, sha256, readBytes } };
}

async function demandUnknownLayerRefused(model: LoadedModel, { stimuli }: BackendSubject): Promise<void> {
  const names = (await model.listLayers()).map((layer) => layer.name);
  const asked = `${names[0]}-that-is-not-there`;
  const error = await demandRefusal(
    'asking for an unknown layer',
    () => extract(model, stimuli, [asked]),
    'STRIATE_UNKNOWN_LAYER',
  );
  const { hint = '' } = error;
  demand(
    names.some((name) => hint.includes(name)),
    `the hint "${hint}" names no layer of the model`,
  );
}

async function demandEmptyStimulusRefused(model: LoadedModel, { stimuli }: BackendSubject): Promise<void> {
  const layers = await probeNames(model);
  const mixed = [stimuli[0], { id: 'a stimulus without anything' }];
  const code = model.needs === 'id' ? undefined : 'STRIATE_STIMULUS_LACKS';
  const what = 'extracting from a stimulus that has nothing but an id';
  await demandRefusal(what, () => extract(model, mixed, layers), code);
  if (model.checkStimuli) await demandRefusal('checkStimuli of it', () => model.checkStimuli!(mixed), code);
}

function textAsImage({ stimuli }: BackendSubject): Stimulus {
  const readBytes = async () => new TextEncoder().encode('<html>404 Not Found</html>');
  return { ...stimuli[0], image: { location: 'not-an-image.jpg', sha256: '', readBytes } };
}

async function demandAborts(model: LoadedModel, { stimuli }: BackendSubject): Promise<void> {
  const layers = await probeNames(model);
  const many = [...stimuli, ...stimuli, ...stimuli]; // more than one batch, likely
  const extractWith = async (controller: AbortController) => {
    for await (const batch of model.doExtract({ stimuli: many, layers, signal: controller.signal })) {
      if (batch.count === many.length) return; // nothing is left to stop
      controller.abort();
    }
    demand(false, 'extraction went on to its end after an abort between batches');
  };
  const isAborted = (error: { code?: string }) =>
    demand(error.code === 'STRIATE_ABORTED', describeError(error));
  await extractWith(new AbortController()).catch(isAborted);
  const aborted = new AbortController();
  aborted.abort();
  await demandRefusal('extracting under an aborted signal', () => extractWith(aborted), 'STRIATE_ABORTED');
}

async function demandDisposable(subject: BackendSubject): Promise<void> {
  const model = await subject.open();
  const layers = await probeNames(model);
  await extract(model, subject.stimuli.slice(0, 1), layers);
  await model.dispose();
  await model.dispose();
  const code = 'STRIATE_USED_AFTER_DISPOSE';
  await demandRefusal('extracting after dispose()', () => extract(model, subject.stimuli, layers), code);
  await demandRefusal('listing layers after dispose()', () => model.listLayers(), code);
}

async function demandIndependence(model: LoadedModel, subject: BackendSubject): Promise<void> {
  const layers = await probeNames(model);
  const expected = await extract(model, subject.stimuli, layers);
  const other = await subject.open();
  const [mine] = await Promise.all([
    extract(model, subject.stimuli, layers),
    extract(other, subject.stimuli.toReversed(), layers),
  ]);
  const exact = { ...subject, tolerance: 0 };
  demandSameFeatures('while another model runs', exact, mine, expected);
  await other.dispose();
  const after = await extract(model, subject.stimuli, layers);
  demandSameFeatures('after another model was disposed of', exact, after, expected);
}
