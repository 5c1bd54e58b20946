import { ceilingMissing } from '@striate/contracts';
import { demandRefusal } from './refusal.js';

const refuse = () => {
  throw ceilingMissing({ convention: 'paper' });
};

describe('demandRefusal', () => {
  it('returns the error of the code that was asked for', async () => {
    const error = await demandRefusal('dividing', refuse, 'STRIATE_CEILING_MISSING');
    expect(error.context).toEqual({ convention: 'paper' });
  });

  it('takes any error of the catalogue when no code is asked for', async () => {
    expect((await demandRefusal('dividing', async () => refuse())).code).toBe('STRIATE_CEILING_MISSING');
  });

  it('says what was thrown instead', async () => {
    await expect(demandRefusal('dividing', refuse, 'STRIATE_ABORTED')).rejects.toThrow(
      'STRIATE_CEILING_MISSING',
    );
    const bare = () => Promise.reject(new RangeError('too long'));
    await expect(demandRefusal('dividing', bare)).rejects.toThrow('RangeError: too long');
  });

  it('says that nothing was thrown', async () => {
    await expect(demandRefusal('dividing', () => undefined)).rejects.toThrow('dividing went through');
  });
});
