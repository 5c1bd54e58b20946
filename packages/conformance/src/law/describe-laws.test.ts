import { demand } from './breach.js';
import { describerOf } from './describe-laws.js';
import { defineLaws, type Subject } from './law.js';

interface Counted extends Subject {
  readonly isEven: boolean;
}

const laws = defineLaws<Counted>([
  {
    id: 'count/even',
    title: 'is even',
    why: 'Pairs.',
    check: async ({ isEven }) => demand(isEven, 'it is odd'),
  },
]);

function recordingRunner() {
  const tests = new Map<string, () => Promise<void>>();
  const groups: string[] = [];
  return {
    tests,
    groups,
    describe: (title: string, body: () => void) => {
      groups.push(title);
      body();
    },
    it: (title: string, body: () => Promise<void>) => tests.set(title, body),
  };
}

describe('describerOf', () => {
  const describeCount = describerOf('count', laws);

  it('registers one test per law with the runner that it is given', () => {
    const runner = recordingRunner();
    describeCount(runner, () => ({ plugin: 'two', isEven: true }));
    expect(runner.groups).toEqual(['the laws of a count']);
    expect([...runner.tests.keys()]).toEqual(['is even [count/even]']);
  });

  it('makes a fresh subject for each test, only when it runs', async () => {
    const runner = recordingRunner();
    let nMade = 0;
    describeCount(runner, async () => ({ plugin: `${nMade++}`, isEven: true }));
    expect(nMade).toBe(0);
    for (const run of [...runner.tests.values(), ...runner.tests.values()]) await run();
    expect(nMade).toBe(2);
  });

  it('fails the test of a broken law', async () => {
    const runner = recordingRunner();
    describeCount(runner, () => ({ plugin: 'three', isEven: false }));
    await expect(runner.tests.get('is even [count/even]')!()).rejects.toMatchObject({
      code: 'STRIATE_BROKEN_PROMISE',
    });
  });

  it('shows the reason of a deviation in the title, and passes it', async () => {
    const runner = recordingRunner();
    const deviations = [{ law: 'count/even', reason: 'three is odd' }];
    describeCount(runner, () => ({ plugin: 'three', isEven: false }), { title: 'three', deviations });
    expect(runner.groups).toEqual(['three']);
    await runner.tests.get('is even [count/even] - deviates: three is odd')!();
  });
});
