import {
  backendLaws,
  ceilingLaws,
  conventionLaws,
  datasetLaws,
  geometryScorerLaws,
  predictionScorerLaws,
  readoutLaws,
  runLaws,
  type LawResult,
} from '@striate/conformance';
import { invalidOption, SEAM_NAMES, type SeamName } from '@striate/contracts';
import { createRegistry, type Registry } from '@striate/core';
import { createSyntheticDataset } from '@striate/datasets';
import { EXIT_CHECK_FAILED, EXIT_DONE } from '../../exit-code.js';
import type { Io } from '../../io.js';
import { parseJson } from '../../options/json.js';
import { formatTable } from '../../table.js';

export interface CheckArgs {
  readonly plugin: string;
  readonly model?: string | undefined;
  readonly options: string;
  readonly json: boolean;
}

type PartResult = LawResult & { readonly part: string };

/** `striate check`. */
export async function runCheck(args: CheckArgs, io: Io): Promise<number> {
  const registry = await createRegistry({ searchFrom: [], plugins: [args.plugin], baseFolder: io.cwd });
  const options = parseJson('check', args.options);
  const results: PartResult[] = [];
  for (const seam of SEAM_NAMES) {
    for (const { id } of registry.list(seam)) {
      io.status?.(`checking ${id}`);
      const laws = await checkPart(registry, seam, id, { ...args, options }, io);
      results.push(...laws.map((law) => ({ part: `${seam}/${id}`, ...law })));
    }
  }
  io.status?.('');
  const isGood = results.every(({ outcome }) => outcome === 'held' || outcome === 'deviates');
  const rows = results.map(({ part, law, title, outcome, detail }) => [part, law, outcome, detail ?? title]);
  io.out(
    args.json
      ? `${JSON.stringify(results, null, 2)}\n`
      : formatTable(['part', 'law', 'outcome', 'detail'], rows),
  );
  return isGood ? EXIT_DONE : EXIT_CHECK_FAILED;
}

async function checkPart(
  registry: Registry,
  seam: SeamName,
  id: string,
  { model, options }: { model?: string | undefined; options: unknown },
  io: Io,
): Promise<LawResult[]> {
  const context = { baseFolder: io.cwd, device: 'cpu' as const };
  switch (seam) {
    case 'backends': {
      const backend = await registry.get('backends', id);
      const name = model ?? backend.listModels()[0]?.id;
      if (name === undefined) {
        throw invalidOption({
          who: 'check',
          option: '--model',
          expected: `a model for the backend "${id}"`,
          actual: 'missing',
        });
      }
      const open = () => backend.doLoad(name, backend.parseOptions(options), context);
      return runLaws(backendLaws, { plugin: `${id}:${name}`, open, stimuli: await someStimuli() });
    }
    case 'datasets': {
      const dataset = await registry.get('datasets', id);
      return runLaws(datasetLaws, {
        plugin: id,
        open: () => dataset.doOpen(dataset.parseOptions(options), context),
      });
    }
    case 'readouts': {
      const readout = await registry.get('readouts', id);
      return runLaws(readoutLaws, { plugin: id, readout, options: readout.parseOptions(options) });
    }
    case 'scorers': {
      const scorer = await registry.get('scorers', id);
      const subject = { plugin: id, options: scorer.parseOptions(options) };
      return scorer.kind === 'geometry'
        ? runLaws(geometryScorerLaws, { ...subject, scorer })
        : runLaws(predictionScorerLaws, { ...subject, scorer, perfect: scorer.range[1] });
    }
    case 'ceilings': {
      const ceiling = await registry.get('ceilings', id);
      return runLaws(ceilingLaws, { plugin: id, ceiling, options: ceiling.parseOptions(options) });
    }
    case 'conventions':
      return runLaws(conventionLaws, { plugin: id, convention: await registry.get('conventions', id) });
    case 'executors':
      return [];
  }
}

/** Images and captions of the synthetic dataset, so that a check needs no data. */
async function someStimuli() {
  const dataset = createSyntheticDataset();
  const open = await dataset.doOpen(dataset.parseOptions({ nStimuli: 20 }), {
    baseFolder: '.',
    device: 'cpu',
  });
  return open.stimuli.slice(0, 11);
}
