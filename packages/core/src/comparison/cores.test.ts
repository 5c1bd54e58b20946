import type { Backend, LoadedModel, TrainableCore } from '@striate/contracts';
import type { ComparisonDescription, DescribedModel, DescribedReadout } from '../plan/description.js';
import type { Registry } from '../registry/index.js';
import { openCore, requireFrozen, requireRead, requireSomeRead, warnOfLeftOut } from './cores.js';
import type { OpenModel } from './models.js';

const core = { id: 'c8', fingerprint: 'c8' } as TrainableCore;
const other = { id: 'other', fingerprint: 'other' } as TrainableCore;
const context = { baseFolder: '.', device: 'cpu' as const };

/** A registry with one backend, `cores`, whose model `c8` has a core and whose model `frozen` has none. */
function coresOnly(disposed: string[] = []): Registry {
  const backend = {
    parseOptions: (raw: unknown) => raw,
    doLoad: (name: string) =>
      Promise.resolve({
        ...(name === 'c8' ? { core } : {}),
        dispose: () => Promise.resolve(void disposed.push(name)),
      }),
  } as unknown as Backend;
  return { list: () => [], get: () => Promise.resolve(backend as never) };
}

const entry = (named?: string) => ({
  ...{ backend: 'onnx', model: 'net', layers: 'all' as const, options: {} },
  ...(named === undefined ? {} : { core: { backend: 'cores', model: named, options: {} } }),
});
const frozen = {} as LoadedModel;
const unsupported = expect.objectContaining({ code: 'STRIATE_UNSUPPORTED' });

describe('openCore', () => {
  const open = (named: string | undefined, loaded: LoadedModel, registry = coresOnly()) =>
    openCore(entry(named), loaded, { registry, context });

  it('finds none, the own core of the model, or the one that its entry names', async () => {
    const own = { core: other } as LoadedModel;
    expect(await open(undefined, frozen)).toEqual({});
    expect(await open(undefined, own)).toEqual({ core: other });
    expect(await open('c8', own)).toEqual({ core });
  });

  it('closes the model that the core was taken from', async () => {
    const disposed: string[] = [];
    await open('c8', frozen, coresOnly(disposed));
    expect(disposed).toEqual(['c8']);
  });

  it('refuses a model that has no core to give', async () => {
    await expect(open('frozen', frozen)).rejects.toEqual(unsupported);
  });
});

const trainable = { name: 'trained', core } as OpenModel;
const plain = { name: 'plain' } as OpenModel;
const readout = (name: string, trainsCores: boolean) => ({ name, trainsCores });

describe('requireRead and requireFrozen', () => {
  it('let a core stand only in front of readouts that train one, and in no frozen place', () => {
    expect(() => requireRead(readout('ridge', false), trainable)).toThrow(unsupported);
    expect(() => requireRead(readout('factorized', true), trainable)).not.toThrow();
    expect(() => requireRead(readout('ridge', false), plain)).not.toThrow();
    expect(() => requireFrozen(trainable, 'a locator')).toThrow(/"trained" .*a locator/);
    expect(() => requireFrozen(plain, 'a locator')).not.toThrow();
  });
});

describe('a comparison of models with and without a core', () => {
  const described = (name: string, trainsCores: boolean) => ({ name, trainsCores }) as DescribedReadout;
  const of = (readouts: DescribedReadout[], kinds: ('prediction' | 'geometry')[]): ComparisonDescription =>
    ({
      models: [plain, trainable] as DescribedModel[],
      readouts,
      scorers: kinds.map((kind) => ({ name: kind === 'geometry' ? 'rsa' : 'pearson', kind })),
    }) as unknown as ComparisonDescription;
  const both = [described('ridge', false), described('factorized', true)];

  it('says what it leaves out, and how many combinations these are', () => {
    const [warning, ...rest] = warnOfLeftOut(of(both, ['prediction', 'geometry']));
    expect(rest).toEqual([]);
    expect(warning).toMatchObject({ code: 'left-out', count: 2 });
    expect(warning.message).toContain('ridge on trained, rsa of trained');
    expect(warnOfLeftOut({ ...of(both, ['prediction']), models: [plain] })).toEqual([]);
  });

  it('is refused where no readout can train the core', () => {
    expect(() => requireSomeRead(of([both[0]], ['prediction']))).toThrow(/"trained" .*any readout/);
    expect(() => requireSomeRead(of(both, ['prediction']))).not.toThrow();
    expect(() => requireSomeRead(of([], ['geometry']))).not.toThrow();
  });
});
