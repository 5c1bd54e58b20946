import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { writeNpy } from '@striate/npy';
import { compare, configuration, makeProject, responses, type Project } from './project.js';

const [energy] = configuration.models;
const luminance = { model: 'energy', layer: 'luminance' };

async function edit(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, 'utf8')));
}

/** What is wrong, how it comes about, and what must be said of it. */
const CASES: readonly [
  what: string,
  spoil: (project: Project) => Promise<void>,
  exitCode: number,
  said: RegExp,
][] = [
  [
    'an unknown layer',
    (project) => project.configure({ models: [{ ...energy, layers: ['pooled_energi'] }] }),
    2,
    /STRIATE_UNKNOWN_LAYER.*pooled_energi[^]*Did you mean "pooled_energy"/,
  ],
  [
    'an unknown key in the configuration',
    (project) => project.configure({ redouts: ['ridge'] }),
    2,
    /STRIATE_UNKNOWN_KEY.*redouts[^]*Did you mean "readouts"/,
  ],
  [
    'an unknown readout',
    (project) => project.configure({ readouts: ['rigde'] }),
    2,
    /STRIATE_UNKNOWN_ID.*rigde[^]*Did you mean "ridge"/,
  ],
  [
    'an unknown option of a readout',
    (project) => project.configure({ readouts: [{ id: 'ridge', options: { alpha: [1] } }] }),
    2,
    /STRIATE_INVALID_OPTION.*alpha/,
  ],
  [
    'two readouts of one name',
    (project) => project.configure({ readouts: ['ridge', { id: 'ridge', options: { folds: 4 } }] }),
    2,
    /STRIATE_INVALID_VALUE.*"readouts\.1\.name"[^]*name: \.\.\./,
  ],
  [
    'an empty configuration',
    (project) => writeFile(project.path('plan.yaml'), ''),
    2,
    /STRIATE_INVALID_VALUE.*plan\.yaml: the whole must be a mapping[^]*it is empty/,
  ],
  [
    'a locator for a readout that takes none',
    (project) =>
      project.configure({
        readouts: [{ id: 'ridge', locator: { backend: 'onnx', model: 'energy.onnx', layer: 'luminance' } }],
      }),
    4,
    /STRIATE_UNSUPPORTED.*"ridge" cannot take a second input[^]*Remove its "locator"/,
  ],
  [
    'a union of a model that is not in the comparison',
    (project) =>
      project.configure({
        unions: [{ name: 'both', spaces: [luminance, { ...luminance, model: 'enrgy' }] }],
      }),
    2,
    /STRIATE_UNKNOWN_ID.*enrgy[^]*Did you mean "energy"/,
  ],
  [
    'a union of a layer that the comparison does not read',
    (project) =>
      project.configure({ unions: [{ name: 'both', spaces: [luminance, { ...luminance, layer: 'x' }] }] }),
    2,
    /STRIATE_UNKNOWN_LAYER.*"x"/,
  ],
  [
    'a union of the same layer twice under one name',
    (project) => project.configure({ unions: [{ name: 'both', spaces: [luminance, luminance] }] }),
    2,
    /STRIATE_INVALID_VALUE.*unions\.0\.spaces\.1\.name/,
  ],
  [
    'a union with the name of a model',
    (project) =>
      project.configure({ unions: [{ name: 'energy', spaces: [luminance, { ...luminance, name: 'y' }] }] }),
    2,
    /STRIATE_INVALID_VALUE.*unions\.0\.name/,
  ],
  [
    'a duplicate stimulus id',
    (project) =>
      edit(project.path('data', 'stimuli.csv'), (text) => text + text.trim().split('\n')[1] + '\n'),
    3,
    /STRIATE_DUPLICATE_STIMULUS[^]*lines 2 and 26/,
  ],
  [
    'responses to a stimulus that is not there',
    (project) =>
      edit(project.path('data', 'responses.ids.txt'), (text) => text.replace(/^.*\n/, 'elsewhere\n')),
    3,
    /STRIATE_IDS_DIFFER.*"elsewhere"/,
  ],
  [
    'features without a stimulus that was shown',
    async (project) => {
      const ids = (await readFile(project.path('data', 'responses.ids.txt'), 'utf8'))
        .trim()
        .split('\n')
        .slice(1);
      await writeNpy(project.path('f.npy'), [ids.length, 2], new Float32Array(ids.length * 2));
      await writeFile(project.path('f.ids.txt'), ids.join('\n'));
      await project.configure({ models: [{ backend: 'features', model: 'f.npy' }] });
    },
    3,
    /STRIATE_IDS_DIFFER/,
  ],
  [
    'a truncated .npy',
    (project) => truncate(project.path('data', 'responses.npy'), 1000),
    3,
    /STRIATE_NPY_MALFORMED.*responses\.npy/,
  ],
  [
    'an .npy of a type that is none for responses',
    async (project) => {
      const path = project.path('data', 'responses.npy');
      const complex = (await readFile(path, 'latin1')).replace("'<f4'", "'<c8'");
      await writeFile(path, complex, 'latin1');
    },
    3,
    /STRIATE_NPY_DTYPE/,
  ],
  [
    'an ONNX file that is cut short',
    (project) => truncate(project.path('energy.onnx'), 900),
    3,
    /STRIATE_ONNX_MALFORMED.*energy\.onnx/,
  ],
  [
    'an image that is none',
    async (project) => {
      const name = (await readdir(project.path('data', 'images')))[3];
      await writeFile(project.path('data', 'images', name), 'not an image');
    },
    3,
    /STRIATE_IMAGE_UNDECODABLE/,
  ],
  [
    'an image that is not there',
    async (project) => {
      const name = (await readdir(project.path('data', 'images')))[3];
      await rm(project.path('data', 'images', name));
    },
    3,
    /STRIATE_FILE_MISSING.*stimuli\.csv, line[^]*start at the folder of the dataset/,
  ],
  [
    'a table without its column',
    (project) => edit(project.path('data', 'stimuli.csv'), (text) => text.replace(/^id,/, 'name,')),
    3,
    /STRIATE_TABLE_MALFORMED.*stimuli\.csv", line 1: it has no column "id"; its columns are name, image/,
  ],
  [
    'NaN in responses',
    async (project) => {
      const data = responses();
      data[10] = Number.NaN;
      await writeNpy(project.path('data', 'responses.npy'), [3, 24, 6], data);
    },
    3,
    /At "noise ceiling[^]*STRIATE_NON_FINITE.*v4/,
  ],
  [
    'a region without voxels',
    (project) => project.configure({ regions: ['V1', 'V3'] }),
    3,
    /STRIATE_REGION_EMPTY.*V3[^]*V1, V2/,
  ],
  [
    'one repetition where a ceiling needs two',
    (project) => writeNpy(project.path('data', 'responses.npy'), [1, 24, 6], responses(1)),
    3,
    /STRIATE_TOO_FEW_REPETITIONS/,
  ],
  [
    'an output folder that cannot be one',
    (project) => writeFile(project.path('out'), 'a file'),
    5,
    /STRIATE_FOLDER_NOT_WRITABLE.*a file of that name/,
  ],
  [
    'a convention without the ceiling that it needs',
    (project) => project.configure({ ceiling: 'none' }),
    4,
    /STRIATE_UNSUPPORTED.*paper[^]*ceiling: nsd/,
  ],
];

describe('striate compare, given', () => {
  it.each(CASES)(
    '%s, says what, where and what to do, and leaves nothing',
    async (_, spoil, exitCode, said) => {
      const project = await makeProject();
      await spoil(project);
      const { code, stdout, stderr } = await compare(project);
      expect(stderr).toMatch(said);
      expect(code).toBe(exitCode);
      expect(stdout).toBe('');
      const isFolder = await stat(project.path('out')).then(
        (facts) => facts.isDirectory(),
        () => false,
      );
      if (isFolder) expect(await readdir(project.path('out'))).toEqual([]);
    },
  );
});
