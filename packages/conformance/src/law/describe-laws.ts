import { assertKnown, deviationFrom, upholdLaw, type Deviation } from './run-laws.js';
import type { Law, Subject } from './law.js';

/** The two functions of a test runner that the kit needs: jest's, vitest's, or `node:test`'s. */
export interface TestRunner {
  describe(title: string, body: () => void): unknown;
  it(title: string, body: () => Promise<void>): unknown;
}

export interface DescribeOptions {
  /** Title of the group of tests. */
  readonly title?: string;
  readonly deviations?: readonly Deviation[];
}

/** Makes a fresh subject for each law. */
export type SubjectFactory<Of extends Subject> = () => Of | Promise<Of>;

export type DescribeSeam<Of extends Subject> = (
  runner: TestRunner,
  factory: SubjectFactory<Of>,
  options?: DescribeOptions,
) => void;

/** Make the function that registers one test per law of a seam. */
export function describerOf<Of extends Subject>(seam: string, laws: readonly Law<Of>[]): DescribeSeam<Of> {
  return (runner, factory, { title = `the laws of a ${seam}`, deviations = [] } = {}) => {
    assertKnown(laws, deviations);
    runner.describe(title, () => {
      for (const law of laws) {
        const deviation = deviationFrom(law, deviations);
        const suffix = deviation ? ` - deviates: ${deviation.reason}` : '';
        runner.it(`${law.title} [${law.id}]${suffix}`, async () =>
          upholdLaw(law, await factory(), deviation),
        );
      }
    });
  };
}
