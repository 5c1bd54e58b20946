import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { smallRecord } from '../__fixtures__/small-record.js';
import { fitRows } from './fits.js';
import { scoreRows } from './scores.js';
import { writeTables } from './write.js';

describe('writeTables', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'striate-report-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes a Parquet file that another reader reads back row by row, NaN included', async () => {
    await writeTables(smallRecord, folder);
    const file = await asyncBufferFromFile(join(folder, 'scores.parquet'));
    expect(await parquetReadObjects({ file })).toEqual([...scoreRows(smallRecord)]);
  });

  it('writes the table of fits too, with counts that are larger than 32 bits', async () => {
    const nParameters = 2 ** 40;
    const record = { ...smallRecord, fits: smallRecord.fits.map((fit) => ({ ...fit, nParameters })) };
    await writeTables(record, folder);
    const file = await asyncBufferFromFile(join(folder, 'fits.parquet'));
    expect(await parquetReadObjects({ file })).toEqual(
      [...fitRows(record)].map((row) => ({ ...row, n_parameters: 2n ** 40n })),
    );
    expect(await readFile(join(folder, 'fits.csv'), 'utf8')).toContain(`alpha,10,${nParameters}\r\n`);
  });

  it('stores values and ceilings as doubles, counts as integers and the rest as text', async () => {
    await writeTables(smallRecord, folder);
    const { schema } = await parquetMetadataAsync(await asyncBufferFromFile(join(folder, 'scores.parquet')));
    const types = Object.fromEntries(schema.slice(1).map(({ name, type }) => [name, type]));
    expect(types).toMatchObject({ value: 'DOUBLE', ceiling: 'DOUBLE', n: 'INT32', model: 'BYTE_ARRAY' });
  });

  it('writes the same bytes each time and leaves nothing else behind', async () => {
    const names = ['fits.csv', 'fits.parquet', 'scores.csv', 'scores.parquet'];
    const read = () => Promise.all(names.map((name) => readFile(join(folder, name))));
    await writeTables(smallRecord, folder);
    const first = await read();
    await writeTables(smallRecord, folder);
    expect(await read()).toEqual(first);
    expect((await readdir(folder)).sort()).toEqual(names);
  });

  it('leaves no file when it fails half-way', async () => {
    const broken = { ...smallRecord, geometry: [{ ...smallRecord.geometry[0], values: undefined as never }] };
    await expect(writeTables(broken, folder)).rejects.toThrow(TypeError);
    expect(await readdir(folder)).toEqual([]);
  });
});
