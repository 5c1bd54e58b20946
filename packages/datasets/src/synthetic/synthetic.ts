// The dataset `synthetic`: one subject whose truth is known, made from a seed, for demonstrations and tests.

import { createHash } from 'node:crypto';
import {
  unknownSubject,
  type Dataset,
  type OpenDataset,
  type Stimulus,
  type Voxel,
} from '@striate/contracts';
import { captionGridOf, captionsOf } from './captions.js';
import { parseSyntheticOptions, type SyntheticOptions } from './options.js';
import { scenesOf, stimulusIdsOf } from './planted.js';
import { encodePng } from './png.js';
import { renderScene } from './render.js';
import { makeResponses, REGIONS, voxelIdsOf } from './responses.js';
import type { Scene } from './scene.js';

const SUBJECT = 'synthetic';
/** Changes when the same options give other bytes. */
const VERSION = 1;

/** Make the dataset `synthetic`. */
export function createSyntheticDataset(): Dataset<SyntheticOptions> {
  return {
    specVersion: 'v1',
    id: 'synthetic',
    title: 'A small synthetic subject whose truth is known',
    parseOptions: parseSyntheticOptions,
    doOpen: (options) => Promise.resolve(openSynthetic(options)),
  };
}

function openSynthetic(options: SyntheticOptions): OpenDataset {
  const ids = stimulusIdsOf(options);
  const require = (subject: string) => {
    if (subject !== SUBJECT) throw unknownSubject({ subject, known: [SUBJECT] });
  };
  return {
    name: `Synthetic subject (seed ${options.seed})`,
    recordingKind: 'voxel',
    stimuli: scenesOf(options).map((scene, i) => stimulusOf(ids[i], scene, options.imageSize)),
    subjects: [SUBJECT],
    voxels: voxelsOf(options),
    regions: REGIONS,
    stimuliSeen: async (subject) => {
      require(subject);
      return ids;
    },
    responsesFingerprint: (subject) => {
      require(subject);
      return sha256(JSON.stringify(['synthetic responses', VERSION, Object.entries(options).sort()]));
    },
    loadResponses: async (subject) => {
      require(subject);
      return makeResponses(options);
    },
  };
}

/** Images are rendered again whenever they are read; a scene is a few numbers. */
function stimulusOf(id: string, scene: Scene, imageSize: number): Stimulus {
  const render = () => encodePng(imageSize, imageSize, renderScene(scene, imageSize));
  const image = {
    location: `synthetic:${id}`,
    sha256: sha256(render()),
    readBytes: () => Promise.resolve(render()),
  };
  return { id, image, captions: captionsOf(scene), captionGrid: captionGridOf(scene) };
}

function voxelsOf(options: SyntheticOptions): Voxel[] {
  return voxelIdsOf(options).map((id, position) => ({
    id,
    subject: SUBJECT,
    regions: [REGIONS[Math.floor(position / options.nVoxels)]],
  }));
}

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
