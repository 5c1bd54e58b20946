// The kit is tested by what it is for: an honest part of each seam keeps all laws, and each mutant is caught.

import {
  backendLaws,
  ceilingLaws,
  conventionLaws,
  datasetLaws,
  describeBackend,
  describeCeiling,
  describeConvention,
  describeDataset,
  describeGeometryScorer,
  describeReadout,
  describeScorer,
  geometryScorerLaws,
  predictionScorerLaws,
  readoutLaws,
  runLaws,
  type Law,
  type Subject,
} from '../src/index.js';
import { honestBackend } from './honest/backend.js';
import { honestCeiling } from './honest/ceiling.js';
import { honestConvention } from './honest/convention.js';
import { honestDataset } from './honest/dataset.js';
import { honestGeometryScorer } from './honest/geometry-scorer.js';
import { honestReadout } from './honest/readout.js';
import { honestScorer } from './honest/scorer.js';
import type { Mutant } from './mutant.js';
import { backendMutants } from './mutants/backend.js';
import { ceilingMutants } from './mutants/ceiling.js';
import { conventionMutants } from './mutants/convention.js';
import { datasetMutants } from './mutants/dataset.js';
import { geometryScorerMutants } from './mutants/geometry-scorer.js';
import { readoutMutants } from './mutants/readout.js';
import { scorerMutants } from './mutants/scorer.js';

const runner = { describe, it };

describeBackend(runner, honestBackend);
describeReadout(runner, honestReadout);
describeScorer(runner, honestScorer);
describeGeometryScorer(runner, honestGeometryScorer);
describeCeiling(runner, honestCeiling);
describeConvention(runner, honestConvention);
describeDataset(runner, honestDataset);

describeMutants('backend', backendLaws, backendMutants);
describeMutants('readout', readoutLaws, readoutMutants);
describeMutants('prediction scorer', predictionScorerLaws, scorerMutants);
describeMutants('geometry scorer', geometryScorerLaws, geometryScorerMutants);
describeMutants('noise ceiling', ceilingLaws, ceilingMutants);
describeMutants('convention', conventionLaws, conventionMutants);
describeMutants('dataset', datasetLaws, datasetMutants);

function describeMutants<Of extends Subject>(
  seam: string,
  laws: readonly Law<Of>[],
  mutants: readonly Mutant<Of>[],
): void {
  describe(`the mutants of a ${seam}`, () => {
    it.each(mutants)('$caughtBy catches one that $fault', async ({ caughtBy, subject }) => {
      const named = laws.filter((law) => law.id === caughtBy);
      expect(await runLaws(named, subject())).toMatchObject([{ law: caughtBy, outcome: 'broken' }]);
    });

    it('holds one for every law', () => {
      const caught = new Set(mutants.map((mutant) => mutant.caughtBy));
      expect(laws.map((law) => law.id).filter((id) => !caught.has(id))).toEqual([]);
    });
  });
}
