import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfiguration, readConfiguration } from './read.js';

const minimal = {
  name: 'first',
  dataset: { id: 'synthetic' },
  models: [{ backend: 'onnx', model: 'net.onnx' }],
};

const failure = (value: unknown, variables = {}) => {
  try {
    parseConfiguration(value, variables, 'plan.yaml');
  } catch (error) {
    return error as { code: string; message: string; hint: string; context: Record<string, unknown> };
  }
  return undefined;
};

describe('parseConfiguration', () => {
  it('fills in every default', () => {
    const configuration = parseConfiguration(minimal);
    expect(configuration.split).toEqual({ kind: 'folds', folds: 5, shuffle: true, scores: 'pooled' });
    expect(configuration.scorers).toEqual([{ id: 'pearson', options: {} }]);
    expect(configuration.models[0].layers).toBe('all');
    expect(configuration.seed).toBe(1);
  });

  it('takes unions of layers, none by default, and wants two spaces at least', () => {
    expect(parseConfiguration(minimal).unions).toEqual([]);
    const spaces = [
      { model: 'net', layer: 'one' },
      { name: 'words', model: 'clip', layer: 'text' },
    ];
    expect(parseConfiguration({ ...minimal, unions: [{ name: 'both', spaces }] }).unions).toEqual([
      { name: 'both', spaces },
    ]);
    expect(failure({ ...minimal, unions: [{ name: 'one', spaces: spaces.slice(1) }] })).toMatchObject({
      code: 'STRIATE_INVALID_VALUE',
      context: { at: 'unions.0.spaces' },
    });
  });

  it('takes a word where only an id is needed', () => {
    expect(parseConfiguration({ ...minimal, readouts: ['ridge'] }).readouts).toEqual([
      { id: 'ridge', options: {} },
    ]);
  });

  it('names an unknown key and the nearest valid one', () => {
    expect(failure({ ...minimal, redouts: ['ridge'] })).toMatchObject({
      code: 'STRIATE_UNKNOWN_KEY',
      hint: expect.stringContaining('"readouts"'),
      context: { key: 'redouts', path: 'plan.yaml' },
    });
  });

  it('names an unknown key inside a list, and where', () => {
    expect(failure({ ...minimal, models: [{ backend: 'onnx', model: 'a', layer: ['x'] }] })).toMatchObject({
      code: 'STRIATE_UNKNOWN_KEY',
      hint: expect.stringContaining('"layers"'),
      context: { at: 'models.0' },
    });
  });

  it('names an unknown key of the chosen kind of split', () => {
    expect(failure({ ...minimal, split: { kind: 'folds', fold: 3 } })).toMatchObject({
      code: 'STRIATE_UNKNOWN_KEY',
      hint: expect.stringContaining('"folds"'),
    });
  });

  it('says what a missing key must be', () => {
    expect(failure({ ...minimal, name: undefined })).toMatchObject({
      code: 'STRIATE_INVALID_VALUE',
      context: { at: 'name', actual: 'missing' },
    });
  });

  it('suggests the nearest word of a choice', () => {
    expect(failure({ ...minimal, engine: { device: 'cuba' } })).toMatchObject({
      code: 'STRIATE_INVALID_VALUE',
      hint: 'Did you mean "cuda"?',
    });
  });

  it('puts values in for variables and names those without a value', () => {
    const withVariable = { ...minimal, dataset: { id: 'folder', options: { path: '${DATA}/v4' } } };
    expect(parseConfiguration(withVariable, { DATA: 'here' }).dataset.options).toEqual({ path: 'here/v4' });
    expect(failure(withVariable)).toMatchObject({
      code: 'STRIATE_UNKNOWN_VARIABLE',
      context: { name: 'DATA', at: 'dataset.options.path' },
    });
  });
});

describe('readConfiguration', () => {
  it('says line and column of a syntax error', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'striate-')), 'plan.yaml');
    await writeFile(path, 'name: a\nmodels: [\n');
    await expect(readConfiguration(path)).rejects.toMatchObject({
      code: 'STRIATE_CONFIGURATION_SYNTAX',
      context: { line: expect.any(Number) },
    });
  });

  it('says which file is not there', async () => {
    await expect(readConfiguration('nowhere.yaml')).rejects.toMatchObject({
      code: 'STRIATE_CONFIGURATION_NOT_FOUND',
      context: { path: 'nowhere.yaml' },
    });
  });
});
