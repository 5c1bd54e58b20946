import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { encodeNpy } from '@striate/npy';
import { FILES, RDM_FILES, removeFolders, writeFolder } from './__fixtures__/small-folder.js';
import { openFolder } from './open.js';

afterAll(removeFolders);

type Changes = Parameters<typeof writeFolder>[1];
const openWith = async (changes: Changes = {}) => openFolder(await writeFolder(FILES, changes));
const openRdmsWith = async (changes: Changes = {}) => openFolder(await writeFolder(RDM_FILES, changes));

describe('openFolder', () => {
  it('reads what the dataset says about itself', async () => {
    const dataset = await openWith();
    expect(dataset).toMatchObject({
      name: 'Small',
      recordingKind: 'voxel',
      citation: 'nobody 2026',
      subjects: ['s1', 's2'],
      split: { train: ['a', 'b'], test: ['c', 'd'] },
    });
  });

  it('reads stimuli with captions, and images by their hash', async () => {
    const folder = await writeFolder(FILES, {
      'captions.csv': 'id,caption\nd,a blue door\nb,"a bear, asleep"\n',
    });
    const { stimuli } = await openFolder(folder);
    expect(stimuli.map(({ id, captions }) => ({ id, captions }))).toEqual([
      { id: 'a', captions: ['an apple', 'a red apple, on a table'] },
      { id: 'b', captions: ['a bear', 'a bear, asleep'] },
      { id: 'c', captions: undefined },
      { id: 'd', captions: ['a door', 'a blue door'] },
    ]);
    expect(stimuli[3].image).toBeUndefined();
    expect(stimuli[0].image!.location).toBe(join(folder, 'images/a.png'));
    expect(stimuli[0].image!.sha256).toBe(createHash('sha256').update('bytes of a').digest('hex'));
    expect(Buffer.from(await stimuli[0].image!.readBytes()).toString()).toBe('bytes of a');
  });

  it('reads voxels in several regions, in none, and with coordinates', async () => {
    const { voxels } = await openWith();
    expect(voxels).toEqual([
      { id: 'v1', subject: 's1', regions: ['V1'], coordinates: [1.5, -2, 3] },
      { id: 'v2', subject: 's1', regions: ['V1', 'V2'] },
      { id: 'v1', subject: 's2', regions: [] },
    ]);
  });

  it('shows listed regions first, the others as they come', async () => {
    expect((await openWith()).regions).toEqual(['V2', 'V1']);
    const description = JSON.stringify({ name: 'x', recordingKind: 'neuron', regions: ['V2'] });
    expect((await openWith({ 'dataset.json': description })).regions).toEqual(['V2', 'V1']);
  });

  it('takes responses.npy for a single subject', async () => {
    const dataset = await openWith({
      'voxels.csv': 'id,subject,region\nv,only,V1\nw,only,V2\n',
      'responses.npy': encodeNpy([1, 2], Float64Array.of(3, 4)),
      'responses.ids.txt': 'b\n',
    });
    expect(Array.from((await dataset.loadResponses('only')).values.data)).toEqual([3, 4]);
  });

  it('gives RDMs of a dataset that has nothing else', async () => {
    const dataset = await openRdmsWith();
    expect(dataset).toMatchObject({ subjects: ['p', 'q'], regions: ['IT'], voxels: [] });
    expect(await dataset.loadRdms!('IT')).toMatchObject({
      region: 'IT',
      subjects: ['p', 'q'],
      stimulusIds: ['c', 'b', 'a'],
      values: { shape: [2, 3, 3] },
    });
    expect(await dataset.stimuliSeen('p')).toEqual([]);
    await expect(dataset.loadResponses('p')).rejects.toMatchObject({ code: 'STRIATE_UNSUPPORTED' });
  });

  it('has no RDMs where there is no such folder', async () => {
    expect((await openWith()).loadRdms).toBeUndefined();
  });

  it('stops when it is told to', async () => {
    const folder = await writeFolder(FILES);
    await expect(openFolder(folder, AbortSignal.abort())).rejects.toMatchObject({ code: 'STRIATE_ABORTED' });
  });
});

describe('responses of a folder', () => {
  it('come as [repetition, stimulus, voxel] with the ids of their rows and columns', async () => {
    const dataset = await openWith();
    const responses = await dataset.loadResponses('s1');
    expect(responses).toMatchObject({ stimulusIds: ['a', 'b', 'c', 'd'], voxelIds: ['v1', 'v2'] });
    expect(responses.values).toMatchObject({ shape: [2, 4, 2], unit: 'z' });
    expect(responses.values.data[(1 * 4 + 2) * 2 + 1]).toBe(121);
    expect(responses.observed).toBeUndefined();
  });

  it('are one repetition where the file has no such axis, in the order of their own ids', async () => {
    const dataset = await openWith();
    expect(await dataset.stimuliSeen('s2')).toEqual(['c', 'a']);
    const { values, stimulusIds } = await dataset.loadResponses('s2');
    expect(stimulusIds).toEqual(['c', 'a']);
    expect(values.shape).toEqual([1, 2, 1]);
    expect(values.data).toEqual(Float32Array.of(7, 8));
  });

  const withNaN = encodeNpy([2, 1], Float32Array.of(NaN, 8));
  const missing = JSON.stringify({ name: 'x', recordingKind: 'voxel', missing: 'nan' });

  it('are masked where NaN means "not measured"', async () => {
    const dataset = await openWith({ 'responses/s2.npy': withNaN, 'dataset.json': missing });
    const { observed, values } = await dataset.loadResponses('s2');
    expect(observed).toEqual(Uint8Array.of(0, 1));
    expect(values.data).toEqual(Float32Array.of(NaN, 8));
    expect((await dataset.loadResponses('s1')).observed).toBeUndefined();
  });

  it('are refused for NaN that nobody explained, with its place', async () => {
    const values = Float32Array.from({ length: 16 }, (_, i) => ([13, 15].includes(i) ? NaN : i));
    const dataset = await openWith({ 'responses/s1.npy': encodeNpy([2, 4, 2], values) });
    await expect(dataset.loadResponses('s1')).rejects.toMatchObject({
      code: 'STRIATE_NON_FINITE',
      context: { count: 2, total: 16, first: 'repetition 2, stimulus "c", voxel "v2"' },
    });
  });

  it('are refused for infinite values even where NaN is explained', async () => {
    const changes = {
      'responses/s2.npy': encodeNpy([2, 1], Float32Array.of(NaN, Infinity)),
      'dataset.json': missing,
    };
    await expect((await openWith(changes)).loadResponses('s2')).rejects.toMatchObject({
      code: 'STRIATE_NON_FINITE',
      context: { count: 1, first: 'repetition 1, stimulus "a", voxel "v1"' },
    });
  });

  it('are refused for a subject that is not there', async () => {
    const dataset = await openWith();
    await expect(dataset.loadResponses('s3')).rejects.toMatchObject({ code: 'STRIATE_UNKNOWN_SUBJECT' });
    await expect(dataset.stimuliSeen('s3')).rejects.toMatchObject({ code: 'STRIATE_UNKNOWN_SUBJECT' });
  });
});

describe('fingerprints of a folder', () => {
  it('are the same for the same bytes elsewhere', async () => {
    expect((await openWith()).responsesFingerprint('s1')).toBe((await openWith()).responsesFingerprint('s1'));
  });

  it.each<[string, Changes]>([
    ['a value', { 'responses/s1.npy': encodeNpy([2, 4, 2], new Float32Array(16)) }],
    ['the order of the rows', { 'responses/s1.ids.txt': 'b\na\nc\nd\n' }],
    ['the id of a voxel', { 'voxels.csv': (FILES['voxels.csv'] as string).replace('v2', 'v3') }],
    ['the unit', { 'dataset.json': JSON.stringify({ name: 'Small', recordingKind: 'voxel', unit: 'beta' }) }],
    [
      'the meaning of NaN',
      { 'dataset.json': JSON.stringify({ name: 'S', recordingKind: 'voxel', unit: 'z', missing: 'nan' }) },
    ],
  ])('change with %s', async (_, changes) => {
    expect((await openWith(changes)).responsesFingerprint('s1')).not.toBe(
      (await openWith()).responsesFingerprint('s1'),
    );
  });

  it('do not change with what the responses do not depend on', async () => {
    const changes = { 'images/a.png': 'other bytes', 'split.csv': null, 'responses/s2.ids.txt': 'b\na\n' };
    const changed = await openWith(changes);
    const dataset = await openWith();
    expect(changed.responsesFingerprint('s1')).toBe(dataset.responsesFingerprint('s1'));
    expect(changed.responsesFingerprint('s2')).not.toBe(dataset.responsesFingerprint('s2'));
    expect(changed.stimuli[0].image!.sha256).not.toBe(dataset.stimuli[0].image!.sha256);
    expect(changed.stimuli[1].image!.sha256).toBe(dataset.stimuli[1].image!.sha256);
  });

  it('change with a byte of an RDM', async () => {
    const other = encodeNpy([2, 3, 3], Float32Array.of(0, 1, 2, 1, 0, 3, 2, 3, 0, 0, 4, 5, 4, 0, 7, 5, 7, 0));
    const [before, after] = [await openRdmsWith(), await openRdmsWith({ 'rdms/IT.npy': other })];
    expect(after.rdmsFingerprint!('IT')).not.toBe(before.rdmsFingerprint!('IT'));
  });
});

describe('a folder that is not right', () => {
  const voxels = FILES['voxels.csv'] as string;
  const s1 = FILES['responses/s1.npy'] as Uint8Array;

  it.each<[string, Changes, string, object]>([
    ['no dataset.json', { 'dataset.json': null }, 'STRIATE_FILE_MISSING', {}],
    ['no stimuli.csv', { 'stimuli.csv': null }, 'STRIATE_FILE_MISSING', {}],
    ['neither voxels nor RDMs', { 'voxels.csv': null }, 'STRIATE_FILE_MISSING', {}],
    ['no responses of a subject', { 'responses/s2.npy': null }, 'STRIATE_FILE_MISSING', {}],
    ['no ids of responses', { 'responses/s1.ids.txt': null }, 'STRIATE_FILE_MISSING', {}],
    [
      'a missing image',
      { 'images/b.png': null },
      'STRIATE_FILE_MISSING',
      { what: expect.stringContaining('"b"') },
    ],
    ['dataset.json that is not JSON', { 'dataset.json': '{' }, 'STRIATE_TABLE_MALFORMED', {}],
    [
      'a mistyped key in dataset.json',
      { 'dataset.json': '{"name":"x","recordingkind":"voxel"}' },
      'STRIATE_TABLE_MALFORMED',
      { reason: expect.stringContaining('recordingKind') },
    ],
    [
      'an unknown kind of recording',
      { 'dataset.json': '{"name":"x","recordingKind":"voxels"}' },
      'STRIATE_TABLE_MALFORMED',
      { reason: expect.stringContaining('"voxel"') },
    ],
    [
      'a stimulus that stands twice',
      { 'stimuli.csv': 'id\na\nb\nc\nd\nb\n' },
      'STRIATE_DUPLICATE_STIMULUS',
      { id: 'b', lines: [3, 6] },
    ],
    [
      'a stimulus without id',
      { 'stimuli.csv': 'id,caption\na,x\n,y\n' },
      'STRIATE_TABLE_MALFORMED',
      { line: 3 },
    ],
    ['a row too short', { 'stimuli.csv': 'id,caption\na\n' }, 'STRIATE_TABLE_MALFORMED', { line: 2 }],
    ['no column of ids', { 'stimuli.csv': 'name\na\n' }, 'STRIATE_TABLE_MALFORMED', { line: 1 }],
    [
      'two columns of one name',
      { 'stimuli.csv': 'id,caption,caption\na,b,c\n' },
      'STRIATE_TABLE_MALFORMED',
      {},
    ],
    [
      'text that is not UTF-8',
      { 'stimuli.csv': Uint8Array.of(105, 100, 10, 0xe9, 10) },
      'STRIATE_TABLE_MALFORMED',
      {},
    ],
    [
      'a caption of an unknown stimulus',
      { 'captions.csv': 'id,caption\nz,what\n' },
      'STRIATE_IDS_DIFFER',
      { onlyLeft: ['z'] },
    ],
    [
      'responses to unknown stimuli',
      { 'responses/s2.ids.txt': 'c\nx\n' },
      'STRIATE_IDS_DIFFER',
      { left: expect.stringContaining('s2.ids.txt'), onlyLeft: ['x'] },
    ],
    [
      'two rows of one stimulus',
      { 'responses/s2.ids.txt': 'c\nc\n' },
      'STRIATE_DUPLICATE_STIMULUS',
      { id: 'c', lines: [1, 2] },
    ],
    ['fewer ids than rows', { 'responses/s1.ids.txt': 'a\nb\nc\n' }, 'STRIATE_SHAPE_MISMATCH', {}],
    ['more voxels than columns', { 'voxels.csv': `${voxels}v9,s1,V1,,,\n` }, 'STRIATE_SHAPE_MISMATCH', {}],
    ['responses cut short', { 'responses/s1.npy': s1.subarray(0, -3) }, 'STRIATE_NPY_MALFORMED', {}],
    [
      'complex responses',
      { 'responses/s1.npy': Buffer.from(Buffer.from(s1).toString('latin1').replace('<f4', '<c8'), 'latin1') },
      'STRIATE_NPY_DTYPE',
      { dtype: '<c8' },
    ],
    [
      'responses in two places',
      { 'responses.npy': s1, 'responses.ids.txt': 'a\n' },
      'STRIATE_AMBIGUOUS_FILES',
      {},
    ],
    [
      'an empty region name',
      { 'voxels.csv': voxels.replace('V1;V2', 'V1;') },
      'STRIATE_TABLE_MALFORMED',
      { line: 3 },
    ],
    [
      'a voxel that stands twice',
      { 'voxels.csv': voxels.replace('v2', 'v1') },
      'STRIATE_TABLE_MALFORMED',
      { line: 3 },
    ],
    ['two coordinates', { 'voxels.csv': voxels.replace('-2', '') }, 'STRIATE_TABLE_MALFORMED', { line: 2 }],
    [
      'a listed region without voxels',
      { 'dataset.json': '{"name":"x","recordingKind":"voxel","regions":["V4"]}' },
      'STRIATE_REGION_EMPTY',
      { region: 'V4' },
    ],
    [
      'a split that overlaps',
      { 'split.csv': 'id,part\na,train\nb,train\nb,test\nd,test\n' },
      'STRIATE_SPLIT_INVALID',
      { examples: ['b'] },
    ],
    [
      'a split of unknown stimuli',
      { 'split.csv': 'id,part\na,train\nb,train\nc,test\nz,test\n' },
      'STRIATE_SPLIT_INVALID',
      { examples: ['z'] },
    ],
    ['a split without test', { 'split.csv': 'id,part\na,train\nb,train\n' }, 'STRIATE_SPLIT_INVALID', {}],
    [
      'a part that is none',
      { 'split.csv': 'id,part\na,train\nb,tset\n' },
      'STRIATE_TABLE_MALFORMED',
      { line: 3 },
    ],
  ])('is refused for %s', async (_, changes, code, context) => {
    await expect(openWith(changes)).rejects.toMatchObject({ code, context });
  });

  it.each<[string, Changes, string]>([
    ['no ids', { 'rdms/ids.txt': null }, 'STRIATE_FILE_MISSING'],
    ['no file of a region', { 'rdms/IT.npy': null }, 'STRIATE_FILE_MISSING'],
    ['an unknown stimulus', { 'rdms/ids.txt': 'c\nb\nz\n' }, 'STRIATE_IDS_DIFFER'],
    ['another number of subjects', { 'rdms/subjects.txt': 'p\n' }, 'STRIATE_SHAPE_MISMATCH'],
  ])('is refused for RDMs with %s', async (_, changes, code) => {
    await expect(openRdmsWith(changes)).rejects.toMatchObject({ code });
  });

  it.each<[string, number[], string]>([
    ['that are not symmetric', [0, 1, 2, 1, 0, 3, 2, 4, 0], 'STRIATE_RDM_INVALID'],
    ['of similarities', [1, 0.5, 0, 0.5, 1, 0, 0, 0, 1], 'STRIATE_RDM_INVALID'],
    ['with NaN', [0, NaN, 2, NaN, 0, 3, 2, 3, 0], 'STRIATE_NON_FINITE'],
  ])('refuses RDMs %s when they are loaded', async (_, rdm, code) => {
    const dataset = await openRdmsWith({
      'rdms/subjects.txt': 'p\n',
      'rdms/IT.npy': encodeNpy([1, 3, 3], Float64Array.from(rdm)),
    });
    await expect(dataset.loadRdms!('IT')).rejects.toMatchObject({ code });
  });

  it('removes what rounding in float32 does to an RDM', async () => {
    const rdm = Float32Array.of(1e-8, 1.0000001, 2, 1, 0, 3, 2, 3, 0);
    const changes = { 'rdms/subjects.txt': 'p\n', 'rdms/IT.npy': encodeNpy([1, 3, 3], rdm) };
    const { values } = await (await openRdmsWith(changes)).loadRdms!('IT');
    expect(values.data).toEqual(Float32Array.of(0, 1.0000001, 2, 1.0000001, 0, 3, 2, 3, 0));
  });

  it('says that the folder itself is missing', async () => {
    await expect(openFolder('/nowhere/at/all')).rejects.toMatchObject({
      code: 'STRIATE_FILE_MISSING',
      context: { path: '/nowhere/at/all' },
    });
  });
});
