// What a comparison is made of, as users write it. Unknown keys are errors, defaults stand here and nowhere else.
// Options of plugins are opaque at this place: each plugin checks its own.

import { z } from 'zod';

const id = z.string().min(1);
const names = z.array(id).min(1);

/** `ridge`, or `{ id: ridge, name: weak ridge, options: { ... } }`. */
const part = z.preprocess(
  (value) => (typeof value === 'string' ? { id: value } : value),
  z.strictObject({ id, name: id.optional(), options: z.unknown().default({}) }),
);

/** `core`: what is trained together with the readout, in front of it; absent: the model's own core, if it has one. */
const model = z.strictObject({
  name: id.optional(),
  backend: id,
  model: id,
  layers: z.union([z.literal('all'), names]).default('all'),
  options: z.unknown().default({}),
  core: z.strictObject({ backend: id, model: id, options: z.unknown().default({}) }).optional(),
});

/** Layers of the models above, read as one: each a feature space with a name of its own. */
const union = z.strictObject({
  name: id,
  spaces: z.array(z.strictObject({ name: id.optional(), model: id, layer: id })).min(2),
});

/** As {@link part}; `locator`: whose features at one layer describe the image to a readout that asks for it. */
const readout = z.preprocess(
  (value) => (typeof value === 'string' ? { id: value } : value),
  z.strictObject({
    id,
    name: id.optional(),
    options: z.unknown().default({}),
    locator: z
      .strictObject({ backend: id, model: id, layer: id, options: z.unknown().default({}) })
      .optional(),
  }),
);

const split = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('folds'),
    folds: z.number().int().min(2).default(5),
    shuffle: z.boolean().default(true),
    /** `pooled`: one score over the predictions of all folds; `per-fold`: the mean of the folds' scores. */
    scores: z.enum(['pooled', 'per-fold']).default('pooled'),
  }),
  z.strictObject({ kind: z.literal('holdout'), test: z.number().gt(0).lt(1).default(0.2) }),
  z.strictObject({ kind: z.literal('dataset') }),
]);

export const configurationSchema = z.strictObject({
  name: id,
  dataset: z.strictObject({ id, options: z.unknown().default({}) }),
  models: z.array(model).min(1),
  unions: z.array(union).default([]),
  readouts: z.array(readout).default([]),
  scorers: z
    .array(part)
    .min(1)
    .default([{ id: 'pearson', options: {} }]),
  ceiling: z.union([z.literal('none'), part]).default('none'),
  conventions: names.default(['raw']),
  split: split.default({ kind: 'folds', folds: 5, shuffle: true, scores: 'pooled' }),
  subjects: z.union([z.literal('all'), names]).default('all'),
  regions: z.union([z.literal('all'), names]).default('all'),
  /** `include`: a text file with one stimulus id per line; absent: all. */
  stimuli: z.strictObject({ include: id.optional() }).default({}),
  plugins: z.array(id).default([]),
  seed: z.number().int().min(0).max(0xffffffff).default(1),
  engine: z
    .strictObject({
      device: z.enum(['cpu', 'webgpu', 'cuda']).default('cpu'),
      threads: z.number().int().min(1).optional(),
    })
    .default({ device: 'cpu' }),
});

/** A checked configuration with every default filled in. */
export type Configuration = z.output<typeof configurationSchema>;
