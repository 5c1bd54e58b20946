// The promises of the seams, by the conformance kit.

import {
  describeCeiling,
  describeConvention,
  describeGeometryScorer,
  describeScorer,
} from '@striate/conformance';
import { plugin } from '../src/index.js';

const runner = { describe, it };
const { ceilings, conventions, scorers } = plugin.provides;

for (const [id, perfect] of [
  ['pearson', 1],
  ['r2', 1],
] as const) {
  describeScorer(
    runner,
    () => {
      const scorer = scorers![id]();
      if (scorer.kind !== 'prediction') throw new Error(`${id} is no prediction scorer`);
      const invariantTo = id === 'pearson' ? (['shift', 'scale'] as const) : [];
      return { plugin: id, scorer, options: scorer.parseOptions({}), perfect, invariantTo };
    },
    { title: `the laws of a prediction scorer: ${id}` },
  );
}

for (const options of [{}, { comparison: 'pearson', averaging: 'z-scored' }, { comparison: 'kendall' }]) {
  describeGeometryScorer(
    runner,
    () => {
      const scorer = scorers!['rsa']();
      if (scorer.kind !== 'geometry') throw new Error('rsa is no geometry scorer');
      return { plugin: 'rsa', scorer, options: scorer.parseOptions(options) };
    },
    { title: `the laws of a geometry scorer: rsa ${JSON.stringify(options)}` },
  );
}

for (const [id, create] of Object.entries(ceilings!)) {
  describeCeiling(
    runner,
    () => {
      const ceiling = create();
      return { plugin: id, ceiling, options: ceiling.parseOptions({}) };
    },
    { title: `the laws of a noise ceiling: ${id}` },
  );
}

for (const [id, create] of Object.entries(conventions!)) {
  describeConvention(runner, () => ({ plugin: id, convention: create() }), {
    title: `the laws of a convention: ${id}`,
  });
}
