// Where the files of a model are: a path, a folder in the layout of Hugging Face, or a name of its hub in one of the
// folders that hold downloaded models. Nothing is downloaded here.

import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { modelNotFound, type PluginContext } from '@striate/contracts';
import { VARIANTS, type Variant } from './variants.js';

export interface LocatedModel {
  /** Absolute path of the `.onnx` file. */
  readonly path: string;
  /** Folder of `config.json` and `preprocessor_config.json`, if the file lies in such a folder. */
  readonly folder?: string;
  /** The variant that was asked for by its id. */
  readonly variant?: Variant;
}

/**
 * Find the files of a model.
 *
 * @param model        Path of a `.onnx` file or of a folder; a name of the hub (`Xenova/resnet-50`); or a variant's id
 *   (`resnet50`).
 * @param modelsFolder Holds models by their names on the hub, as transformers.js keeps them.
 * @throws {DataError} `STRIATE_MODEL_NOT_FOUND` with every place that was looked at.
 */
export async function locateModel(
  model: string,
  modelsFolder: string,
  context: PluginContext,
): Promise<LocatedModel> {
  const variant = VARIANTS.find(({ id }) => id === model);
  const name = variant?.hubName ?? model;
  const candidates = [
    ...placesOfPath(resolve(context.baseFolder, model)),
    ...placesInFolder(resolve(context.baseFolder, modelsFolder, name)),
    ...(await hubCacheFolders(name)).flatMap(placesInFolder),
  ];
  for (const candidate of candidates) {
    if (await isFile(candidate.path)) return variant ? { ...candidate, variant } : candidate;
  }
  const tried = candidates.map((candidate) => candidate.path);
  throw modelNotFound({ backend: 'resnet', model, tried, hint: howToDownload(name, modelsFolder) });
}

function howToDownload(name: string, modelsFolder: string): string {
  if (!/^[\w.-]+\/[\w.-]+$/.test(name))
    return 'Give the path of a .onnx file or of a folder that holds onnx/model.onnx.';
  const folder = join(modelsFolder, name);
  return `Download config.json, preprocessor_config.json and onnx/model.onnx of https://huggingface.co/${name} into "${folder}" (from the configuration's folder), or run "hf download ${name}".`;
}

function placesOfPath(path: string): readonly LocatedModel[] {
  if (!path.endsWith('.onnx')) return placesInFolder(path);
  const beside = dirname(path);
  // A file of another name may lie among files that are not its own.
  if (!basename(path).startsWith('model')) return [{ path }];
  return [{ path, folder: basename(beside) === 'onnx' ? dirname(beside) : beside }];
}

function placesInFolder(folder: string): readonly LocatedModel[] {
  return [join(folder, 'onnx', 'model.onnx'), join(folder, 'model.onnx')].map((path) => ({ path, folder }));
}

/** The cache of Hugging Face's own tools: the snapshot that `main` pointed to when it was downloaded. */
async function hubCacheFolders(name: string): Promise<readonly string[]> {
  const { HF_HUB_CACHE, HF_HOME } = process.env;
  const cache = HF_HUB_CACHE ?? join(HF_HOME ?? join(homedir(), '.cache', 'huggingface'), 'hub');
  const repository = join(cache, `models--${name.replaceAll('/', '--')}`);
  const commit = await readFile(join(repository, 'refs', 'main'), 'utf8').catch(() => undefined);
  return [join(repository, 'snapshots', commit?.trim() ?? 'main')];
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
