import { readFile } from 'node:fs/promises';
import { fileMissing, fileRefused } from './catalogue.js';
import { refusalOf } from './refusal.js';

const failure = (facts: object) => Object.assign(new Error('refused'), { syscall: 'open' }, facts);

describe('refusalOf', () => {
  it('puts what the system says into words', async () => {
    const error = await readFile('/nowhere/at/all').catch((cause: unknown) => cause);
    expect(refusalOf(error)).toMatchObject({
      code: 'ENOENT',
      reason: 'it is not there',
      path: '/nowhere/at/all',
    });
  });

  it('passes on words that it does not know', () => {
    expect(refusalOf(failure({ code: 'EIO' }))).toMatchObject({ code: 'EIO', reason: 'refused' });
  });

  it('is silent about errors of any other kind', () => {
    for (const error of [new TypeError('x'), undefined, null, 'text', { code: 'ENOENT' }])
      expect(refusalOf(error)).toBeUndefined();
  });
});

describe('fileMissing', () => {
  it('tells a file that is not there from one that may not be read', () => {
    const facts = { path: 'a.npy', what: 'The list' };
    const absent = fileMissing({ ...facts, cause: failure({ code: 'ENOENT' }) });
    const forbidden = fileMissing({ ...facts, cause: failure({ code: 'EACCES' }) });
    expect(absent.message).toBe('The list is missing: there is no file "a.npy".');
    expect(absent.hint).toContain('relative paths start at the folder of the configuration');
    expect(forbidden.message).toBe('The list cannot be read ("a.npy"): permission denied.');
    expect(forbidden.hint).toContain('permissions');
  });
});

describe('fileRefused', () => {
  it('says so for a full disk, where the system names no file', () => {
    const cause = failure({ code: 'ENOSPC' });
    const error = fileRefused({ refusal: refusalOf(cause)!, cause });
    expect(error).toMatchObject({ code: 'STRIATE_FILE_REFUSED', exitCode: 5, cause });
    expect(error.message).toBe('A file cannot be read or written: no space is left on its disk.');
  });
});
