/**
 * Do things in order, with a few begun ahead of the one that is asked for.
 *
 * @param count How many things there are.
 * @param ahead How many may be under way or waiting while the caller works on one.
 * @param begin Begins the i-th.
 * @remarks A failure is thrown when its turn comes; what was begun after it is left to itself.
 */
export async function* lookAhead<Thing>(
  count: number,
  ahead: number,
  begin: (i: number) => Promise<Thing>,
): AsyncGenerator<Thing> {
  const begun: Promise<Thing>[] = [];
  let next = 0;
  const beginUpTo = (end: number) => {
    for (; next < Math.min(end, count); next++) {
      const thing = begin(next);
      thing.catch(() => undefined); // thrown when it is its turn; nobody may be waiting any more
      begun.push(thing);
    }
  };
  for (let i = 0; i < count; i++) {
    beginUpTo(i + 1);
    const thing = await begun.shift()!;
    beginUpTo(i + 1 + ahead);
    yield thing;
  }
}
