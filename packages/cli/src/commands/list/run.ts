import { invalidOption, type LayerInfo, type SeamName } from '@striate/contracts';
import { openRegistry } from '../../surroundings.js';
import { EXIT_DONE } from '../../exit-code.js';
import type { Io } from '../../io.js';
import { parseJson } from '../../options/json.js';
import { formatTable } from '../../table.js';

export interface ListArgs {
  readonly what: SeamName | 'layers' | 'models';
  readonly model?: string | undefined;
  readonly options: string;
  readonly json: boolean;
  readonly plugin?: readonly string[] | undefined;
}

/** `striate list`. */
export async function runList(args: ListArgs, io: Io): Promise<number> {
  const { header, rows, data } = await collect(args, io);
  io.out(args.json ? `${JSON.stringify(data, null, 2)}\n` : formatTable(header, rows));
  return EXIT_DONE;
}

interface Listing {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly data: unknown;
}

async function collect(args: ListArgs, io: Io): Promise<Listing> {
  if (args.what === 'layers') return listLayers(args, io);
  const registry = await openRegistry(io, args.plugin);
  if (args.what === 'models') return listModels(registry);
  const entries = registry.list(args.what);
  return { header: ['id', 'plugin'], rows: entries.map(({ id, plugin }) => [id, plugin]), data: entries };
}

async function listModels(registry: Awaited<ReturnType<typeof openRegistry>>): Promise<Listing> {
  const cards = [];
  for (const { id } of registry.list('backends')) {
    const backend = await registry.get('backends', id);
    cards.push(...backend.listModels().map((card) => ({ backend: id, ...card })));
  }
  const rows = cards.map(({ backend, id, title, family }) => [backend, id, family, title]);
  return { header: ['backend', 'model', 'family', 'title'], rows, data: cards };
}

async function listLayers({ model, options, plugin }: ListArgs, io: Io): Promise<Listing> {
  const at = model?.indexOf(':') ?? -1;
  if (model === undefined || at < 1) {
    throw invalidOption({
      who: 'list layers',
      option: 'model',
      expected: 'backend:model',
      actual: model === undefined ? 'missing' : `"${model}"`,
      hint: 'For example: striate list layers onnx:nets/alexnet.onnx. Backends: striate list backends.',
    });
  }
  const registry = await openRegistry(io, plugin);
  const backend = await registry.get('backends', model.slice(0, at));
  const loaded = await backend.doLoad(
    model.slice(at + 1),
    backend.parseOptions(parseJson('list layers', options)),
    {
      baseFolder: io.cwd,
      device: 'cpu',
    },
  );
  try {
    const layers = await loaded.listLayers();
    return { header: ['depth', 'layer', 'axes', 'shape'], rows: layers.map(row), data: layers };
  } finally {
    await loaded.dispose();
  }
}

function row({ depth, name, axes, shape }: LayerInfo): string[] {
  return [String(depth), name, axes.join(' x '), shape.join(' x ')];
}
