// From the description of a trained readout to a readout: everything but the graph is here, once.

import {
  optionsParser,
  unsupported,
  type FitRequest,
  type OptionReaders,
  type Readout,
} from '@striate/contracts';
import { estimateMemory, estimateWork } from './cost.js';
import { describeFields } from './fields.js';
import { fitNetwork } from './fit.js';
import { fittedReadout, fromState } from './fitted.js';
import type { GraphReadout } from './graph-readout.js';
import { describeTraining, TRAINING_READERS, type TrainingOptions } from './training-options.js';

/**
 * Make a readout of its graph.
 *
 * @remarks Fitting throws `STRIATE_NON_FINITE` for features or measured responses that are no numbers,
 *   `STRIATE_TOO_FEW_STIMULI`, `STRIATE_TRAINING_NOT_FINITE`, `STRIATE_ABORTED`, and `STRIATE_UNSUPPORTED` where a second
 *   input is wanted and missing. A voxel that was never measured is predicted as NaN, a constant one as its constant.
 */
export function createTrainedReadout<Options extends object>(
  definition: GraphReadout<Options>,
): Readout<Options & TrainingOptions> {
  const { id, title, version, wantsDescriptor = false } = definition;
  const readers = { ...TRAINING_READERS, ...definition.readers } as OptionReaders<Options & TrainingOptions>;
  return {
    specVersion: 'v1',
    ...{ id, title, version, wantsDescriptor },
    isVoxelIndependent: false,
    trainsCores: true,
    ...(definition.wantsCoordinates
      ? { wantsCoordinates: (options) => definition.wantsCoordinates!(options) }
      : {}),
    accepts: 'any',
    parseOptions: optionsParser(id, readers),
    describe: (options) => `${definition.describe(options)}; ${describeTraining(options)}`,
    estimateMemory: (size, options) => estimateMemory(definition, size, options),
    estimateWork: (size, options) => estimateWork(definition, size, options),
    async doFit(request, options) {
      requireDescriptor(definition, request);
      requireCoordinates(definition, request, options);
      const trained = await fitNetwork(definition, request, options);
      const perVoxel = { ...trained.perVoxel, ...(await describeFields(trained)) };
      return fittedReadout({ definition, options, ...trained, perVoxel });
    },
    fromState: (state, core) => fromState(definition, state, core),
  };
}

function requireDescriptor(
  { id, wantsDescriptor }: Pick<GraphReadout<object>, 'id' | 'wantsDescriptor'>,
  { inputs }: FitRequest,
): void {
  if (!wantsDescriptor || inputs.descriptor) return;
  throw unsupported({
    who: `The readout "${id}"`,
    what: 'do without a second input that describes the image',
    hint: 'Give it a "locator": the backend, model and layer of the descriptor (ResNet-50, layer4 in the paper).',
  });
}

function requireCoordinates<Options extends object>(
  { id, wantsCoordinates }: GraphReadout<Options>,
  { coordinates }: FitRequest,
  options: Options,
): void {
  if (coordinates || !wantsCoordinates?.(options)) return;
  throw unsupported({
    who: `The readout "${id}" with these options`,
    what: 'do without the coordinates of all voxels',
    hint: 'Give every voxel x, y and z in the dataset, or let each have a location of its own.',
  });
}
