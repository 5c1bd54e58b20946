// Where the files of a model are: a path, a folder in the layout of Hugging Face, or a name of its hub in one of the
// folders that hold downloaded models. Nothing is downloaded here.

import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { modelNotFound, type PluginContext } from '@striate/contracts';

export interface LocatedModel {
  /** Absolute path of the `.onnx` file. */
  readonly path: string;
  /** Folder of `config.json` and the like, if the file lies in such a folder. */
  readonly folder?: string;
}

export interface LocateRequest {
  /** Its id, for messages. */
  readonly backend: string;
  /** Path of a `.onnx` file or of a folder, or a name of the hub (`Xenova/resnet-50`). */
  readonly model: string;
  /** The model's name on the hub, where it is not what was asked for. */
  readonly hubName?: string;
  /** Name of the file of the network, without `.onnx`. */
  readonly network: string;
  /** Name of a file that holds the network among others, without `.onnx`; taken where it has no file of its own. */
  readonly combined?: string;
  /** Files that the network needs beside it in its folder, for messages. */
  readonly companions: readonly string[];
  /** Holds models by their names on the hub, as transformers.js keeps them. */
  readonly modelsFolder: string;
  readonly context: PluginContext;
}

/**
 * Find the files of a model.
 *
 * @throws {DataError} `STRIATE_MODEL_NOT_FOUND` with every place that was looked at.
 */
export async function locateModel(request: LocateRequest): Promise<LocatedModel> {
  const { backend, model, hubName = model, network, combined, modelsFolder, context } = request;
  const names = combined === undefined ? [network] : [network, combined];
  const candidates = [
    ...placesOfPath(resolve(context.baseFolder, model), names),
    ...placesInFolder(resolve(context.baseFolder, modelsFolder, hubName), names),
    ...(await hubCacheFolders(hubName)).flatMap((folder) => placesInFolder(folder, names)),
  ];
  for (const candidate of candidates) if (await isFile(candidate.path)) return candidate;
  const tried = candidates.map(({ path }) => path);
  throw modelNotFound({ backend, model, tried, hint: howToDownload(hubName, request) });
}

/** The id of a model that is known by no other name: that of its folder, or of its file. */
export function nameModel({ path, folder }: LocatedModel): string {
  if (folder === undefined) return basename(path).replace(/\.onnx$/, '');
  const snapshots = dirname(folder);
  // In the cache of Hugging Face's tools the folder is called by a commit, what holds it models--<owner>--<name>.
  return basename(snapshots) === SNAPSHOTS
    ? basename(dirname(snapshots)).split('--').at(-1)!
    : basename(folder);
}

function howToDownload(name: string, { network, companions, modelsFolder }: LocateRequest): string {
  if (!/^[\w.-]+\/[\w.-]+$/.test(name))
    return `Give the path of a .onnx file or of a folder that holds onnx/${network}.onnx.`;
  const folder = join(modelsFolder, name);
  const files = `${companions.join(', ')} and onnx/${network}.onnx`;
  return `Download ${files} of https://huggingface.co/${name} into "${folder}" (from the configuration's folder), or run "hf download ${name}".`;
}

function placesOfPath(path: string, names: readonly string[]): readonly LocatedModel[] {
  if (!path.endsWith('.onnx')) return placesInFolder(path, names);
  const beside = dirname(path);
  // A file of another name may lie among files that are not its own.
  if (!names.some((name) => basename(path).startsWith(name))) return [{ path }];
  return [{ path, folder: basename(beside) === 'onnx' ? dirname(beside) : beside }];
}

function placesInFolder(folder: string, names: readonly string[]): readonly LocatedModel[] {
  const files = names.map((name) => `${name}.onnx`);
  const paths = files.flatMap((file) => [join(folder, 'onnx', file), join(folder, file)]);
  return paths.map((path) => ({ path, folder }));
}

const SNAPSHOTS = 'snapshots';

/** The cache of Hugging Face's own tools: the snapshot that `main` pointed to when it was downloaded. */
async function hubCacheFolders(name: string): Promise<readonly string[]> {
  const { HF_HUB_CACHE, HF_HOME } = process.env;
  const cache = HF_HUB_CACHE ?? join(HF_HOME ?? join(homedir(), '.cache', 'huggingface'), 'hub');
  const repository = join(cache, `models--${name.replaceAll('/', '--')}`);
  const commit = await readFile(join(repository, 'refs', 'main'), 'utf8').catch(() => undefined);
  return [join(repository, SNAPSHOTS, commit?.trim() ?? 'main')];
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
