import { createStatus } from './status.js';

/** A status with a clock that is set by hand, and what it says on stderr. */
function follow() {
  const said: string[] = [];
  const clock = { seconds: 0 };
  const io = { cwd: '', env: {}, out: () => undefined, err: (text: string) => void said.push(text) };
  return { said, clock, status: createStatus(io, () => clock.seconds * 1000) };
}

describe('createStatus, where there is no terminal', () => {
  it('says a line every ten seconds, and none of those between', () => {
    const { said, clock, status } = follow();
    for (clock.seconds = 1; clock.seconds <= 25; clock.seconds++) status.show(`second ${clock.seconds}`);
    status.clear();
    expect(said).toEqual(['second 11\n', 'second 22\n']);
  });
});
