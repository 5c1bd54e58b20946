import { StriateError, ceilingMissing } from '@striate/contracts';
import { demand } from './breach.js';
import { defineLaws, type Subject } from './law.js';
import { runLaws, upholdLaw } from './run-laws.js';

interface NumberSubject extends Subject {
  readonly value: number;
}

const laws = defineLaws<NumberSubject>([
  {
    id: 'number/positive',
    title: 'is positive',
    why: 'It counts things.',
    check: async ({ value }) => demand(value > 0, `it is ${value}`),
  },
  {
    id: 'number/small',
    title: 'is small',
    why: 'It has to fit.',
    async check({ value }) {
      if (value > 9) throw ceilingMissing({ convention: 'paper' });
    },
  },
]);

const subject = (value: number): NumberSubject => ({ plugin: 'three', value });
const deviation = { law: 'number/positive', reason: 'debts are negative' };

async function errorOf(action: Promise<unknown>): Promise<StriateError> {
  return action.then(
    () => Promise.reject(new TypeError('it went through')),
    (error: StriateError) => error,
  );
}

describe('runLaws', () => {
  it('reports a law that holds', async () => {
    expect(await runLaws(laws, subject(3))).toEqual([
      { law: 'number/positive', title: 'is positive', outcome: 'held', seconds: expect.any(Number) },
      { law: 'number/small', title: 'is small', outcome: 'held', seconds: expect.any(Number) },
    ]);
  });

  it('reports a broken law with its evidence, and goes on', async () => {
    expect(await runLaws(laws, subject(-3))).toMatchObject([
      { outcome: 'broken', detail: 'it is -3' },
      { outcome: 'held' },
    ]);
  });

  it('reports an unexpected error of the plugin as a broken law', async () => {
    const [, small] = await runLaws(laws, subject(10));
    expect(small.outcome).toBe('broken');
    expect(small.detail).toContain('STRIATE_CEILING_MISSING');
  });

  it('accepts a declared deviation from a law that is broken', async () => {
    const [positive] = await runLaws(laws, subject(-3), [deviation]);
    expect(positive).toMatchObject({ outcome: 'deviates', detail: 'debts are negative' });
  });

  it('calls a deviation stale when the law holds', async () => {
    const [positive] = await runLaws(laws, subject(3), [deviation]);
    expect(positive.outcome).toBe('stale-deviation');
    expect(positive.detail).toContain('debts are negative');
  });

  it('refuses a deviation from an unknown law, and names the nearest', async () => {
    const error = await errorOf(runLaws(laws, subject(3), [{ law: 'number/positiv', reason: 'none' }]));
    expect(error.code).toBe('STRIATE_UNKNOWN_ID');
    expect(error.hint).toContain('number/positive');
  });
});

describe('upholdLaw', () => {
  it('throws an error that names plugin, law and detail', async () => {
    const error = await errorOf(upholdLaw(laws[0], subject(-3)));
    expect(error.code).toBe('STRIATE_BROKEN_PROMISE');
    expect(error.context).toEqual({ plugin: 'three', law: 'number/positive', detail: 'it is -3' });
  });

  it('keeps the unexpected error as the cause', async () => {
    const { cause } = await errorOf(upholdLaw(laws[1], subject(10)));
    expect(cause).toMatchObject({ code: 'STRIATE_CEILING_MISSING' });
  });

  it('passes a declared deviation, and fails a stale one', async () => {
    await upholdLaw(laws[0], subject(-3), deviation);
    const error = await errorOf(upholdLaw(laws[0], subject(3), deviation));
    expect(error.context['detail']).toContain('stale');
  });
});
