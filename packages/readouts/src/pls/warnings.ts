import type { Warning } from '@striate/contracts';
import type { FittedGroup } from './fitted.js';

/** What was found of each group of voxels. */
export interface GroupOutcome {
  readonly group: FittedGroup;
  readonly nUnconverged: number;
}

/** Say where there were fewer components than wanted, where they are not the eigenvectors they should be, and who shares them. */
export function warnOfComponents(outcomes: readonly GroupOutcome[], wanted: number): Warning[] {
  const sum = (count: (outcome: GroupOutcome) => number) =>
    outcomes.reduce((total, outcome) => total + count(outcome), 0);
  const nVoxels = sum(({ group }) => group.voxels.length);
  const fewer = sum(({ group }) => (group.loadings.columns < wanted ? group.voxels.length : 0));
  const warnings: Warning[] = [
    {
      code: 'fewer-components',
      message:
        'Some voxels have fewer components than were asked for: their features and responses have no more in common. ' +
        'With all of them the fit is that of least squares.',
      ...{ count: fewer, total: nVoxels },
    },
    {
      code: 'components-not-converged',
      message:
        'Some components are not those of the largest covariance to the last digits: others were too close.',
      ...{
        count: sum(({ nUnconverged }) => nUnconverged),
        total: sum(({ group }) => group.loadings.columns),
      },
    },
    {
      code: 'components-not-shared',
      message:
        'Voxels were not all measured with the same stimuli; those that were share components, in as many groups.',
      count: outcomes.length > 1 ? outcomes.length : 0,
    },
  ];
  return warnings.filter(({ count }) => count > 0);
}
