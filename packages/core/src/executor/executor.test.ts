import type { Task } from '@striate/contracts';
import fc from 'fast-check';
import { createLocalExecutor } from './local.js';

const cost = { memoryBytes: 0, diskBytes: 0, seconds: 0 };
const task = (key: string, ...dependsOn: string[]): Task => ({
  key,
  kind: 'fit',
  title: key,
  dependsOn,
  cost,
});

/** Runs a graph against a set of done keys, as a store would. */
async function run(tasks: readonly Task[], done: Set<string>) {
  const performed: string[] = [];
  const summary = await createLocalExecutor().run({
    graph: { tasks },
    isDone: async ({ key }) => done.has(key),
    perform: async ({ key, dependsOn }) => {
      for (const dependency of dependsOn) expect(done).toContain(dependency);
      performed.push(key);
      done.add(key);
    },
  });
  return { performed, summary };
}

const chain = [task('extract'), task('fit', 'extract'), task('score', 'fit')];

describe('createLocalExecutor', () => {
  it('performs what is not done, in order', async () => {
    const { performed, summary } = await run(chain, new Set());
    expect(performed).toEqual(['extract', 'fit', 'score']);
    expect(summary).toEqual({ performed: 3, reused: 0 });
  });

  it('asks only the ends when all is done', async () => {
    const asked: string[] = [];
    const isDone = async ({ key }: Task) => asked.push(key) > 0;
    await createLocalExecutor().run({ graph: { tasks: chain }, isDone, perform: () => Promise.reject() });
    expect(asked).toEqual(['score']);
  });

  it('leaves alone what only finished tasks depend on', async () => {
    expect((await run(chain, new Set(['fit']))).performed).toEqual(['score']);
  });

  it('performs every needed task once, and nothing twice, on any graph', async () => {
    const graphs = fc.array(fc.tuple(fc.array(fc.nat(100), { maxLength: 3 }), fc.boolean()), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(graphs, async (rows) => {
        const tasks = rows.map(([links], i) =>
          task(`t${i}`, ...new Set(i === 0 ? [] : links.map((link) => `t${link % i}`))),
        );
        const done = new Set(rows.flatMap(([, isDone], i) => (isDone ? [`t${i}`] : [])));
        const { performed } = await run(tasks, done);
        expect(new Set(performed).size).toBe(performed.length);
        const ends = tasks.filter(({ key }) => !tasks.some((other) => other.dependsOn.includes(key)));
        for (const { key } of ends) expect(done).toContain(key);
        expect((await run(tasks, done)).performed).toEqual([]);
      }),
    );
  });

  it('stops before the next task when aborted', async () => {
    const controller = new AbortController();
    const perform = async () => controller.abort();
    const request = {
      graph: { tasks: chain },
      isDone: async () => false,
      perform,
      signal: controller.signal,
    };
    await expect(createLocalExecutor().run(request)).rejects.toMatchObject({ code: 'STRIATE_ABORTED' });
  });

  it('tells of the task that failed, and passes its error on', async () => {
    const events: string[] = [];
    const request = {
      graph: { tasks: chain },
      isDone: async () => false,
      perform: async ({ key }: Task) => (key === 'fit' ? Promise.reject(new RangeError('x')) : undefined),
      onEvent: ({ type, task: { key } }: { type: string; task: Task }) => events.push(`${type} ${key}`),
    };
    await expect(createLocalExecutor().run(request)).rejects.toThrow(RangeError);
    expect(events).toEqual(['started extract', 'finished extract', 'started fit', 'failed fit']);
  });

  it('refuses a graph out of order', async () => {
    await expect(run([task('fit', 'extract'), task('extract')], new Set())).rejects.toMatchObject({
      code: 'STRIATE_INTERNAL',
    });
  });
});
