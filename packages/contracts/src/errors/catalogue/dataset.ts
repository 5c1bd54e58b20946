import { DataError } from '../striate-error.js';
import { someOf, suggest } from '../nearest.js';
import { refusalOf } from '../refusal.js';

/**
 * A file that is needed is not there, or cannot be opened.
 *
 * @param facts.start Where a relative path starts; the folder of the configuration if left out.
 * @param facts.cause What opening it threw; tells a file that is not there from one that may not be read.
 */
export function fileMissing(facts: {
  path: string;
  what: string;
  start?: string;
  cause?: unknown;
}): DataError {
  const { path, what, start = 'the folder of the configuration', cause } = facts;
  const refusal = refusalOf(cause);
  const isThere = refusal !== undefined && refusal.code !== 'ENOENT';
  const message = isThere
    ? `${what} cannot be read ("${path}"): ${refusal.reason}.`
    : `${what} is missing: there is no file "${path}".`;
  const hint = isThere ? refusal.hint : `Check the path; relative paths start at ${start}.`;
  return new DataError('STRIATE_FILE_MISSING', message, { context: { path, what }, hint, cause });
}

/** A `.npy` file is cut short, or is none. */
export function npyMalformed(facts: { path: string; reason: string }): DataError {
  return new DataError(
    'STRIATE_NPY_MALFORMED',
    `"${facts.path}" is not a whole .npy file: ${facts.reason}.`,
    {
      context: facts,
      hint: 'Write it again with numpy.save, and compare sizes after copying.',
    },
  );
}

/** A `.npy` file of a data type that is not read here. */
export function npyDtype(facts: { path: string; dtype: string; allowed: readonly string[] }): DataError {
  return new DataError(
    'STRIATE_NPY_DTYPE',
    `"${facts.path}" holds ${facts.dtype}; allowed here: ${facts.allowed.join(', ')}.`,
    { context: facts, hint: 'Convert it: numpy.save(path, array.astype("float32")).' },
  );
}

/** Rows of a `.npy` file that cannot be streamed, because its first axis runs fastest. */
export function npyFortranOrder(facts: { path: string; shape: readonly number[] }): DataError {
  return new DataError(
    'STRIATE_NPY_FORTRAN_ORDER',
    `"${facts.path}" [${facts.shape.join(', ')}] is in Fortran order; its rows do not lie together.`,
    { context: facts, hint: 'Write it in C order: numpy.save(path, numpy.ascontiguousarray(array)).' },
  );
}

/** A table or list lacks a column, has a row of the wrong length, or a value that does not parse. */
export function tableMalformed(facts: { path: string; line?: number; reason: string }): DataError {
  return new DataError(
    'STRIATE_TABLE_MALFORMED',
    `"${facts.path}"${facts.line === undefined ? '' : `, line ${facts.line}`}: ${facts.reason}.`,
    { context: facts, hint: 'Mend it there; docs/folder-dataset.md says what the file holds.' },
  );
}

/** An id stands twice where it has to be unique. */
export function duplicateStimulus(facts: { path: string; id: string; lines: readonly number[] }): DataError {
  return new DataError(
    'STRIATE_DUPLICATE_STIMULUS',
    `"${facts.path}": the stimulus id "${facts.id}" stands on lines ${facts.lines.join(' and ')}.`,
    {
      context: facts,
      hint: 'Ids join features and responses, so each may stand once. Repetitions go into the responses.',
    },
  );
}

/** Two sets of ids that have to be the same are not. */
export function idsDiffer(facts: {
  left: string;
  right: string;
  onlyLeft: readonly string[];
  onlyRight: readonly string[];
}): DataError {
  const parts = [
    facts.onlyLeft.length > 0 ? `only in ${facts.left}: ${someOf(facts.onlyLeft)}` : '',
    facts.onlyRight.length > 0 ? `only in ${facts.right}: ${someOf(facts.onlyRight)}` : '',
  ].filter(Boolean);
  return new DataError(
    'STRIATE_IDS_DIFFER',
    `The ids of ${facts.left} and of ${facts.right} differ; ${parts.join('; ')}.`,
    {
      context: facts,
      hint: 'Nothing is joined by order. Add what is missing, or name the stimuli to use under "stimuli.include".',
    },
  );
}

/**
 * A region that no voxel belongs to.
 *
 * @param facts.source What asks for it.
 */
export function regionEmpty(facts: { region: string; source: string; known: readonly string[] }): DataError {
  return new DataError(
    'STRIATE_REGION_EMPTY',
    `No voxel belongs to the region "${facts.region}", which ${facts.source} asks for.`,
    { context: facts, hint: suggest(facts.region, facts.known) },
  );
}

/** A subject that the dataset does not have. */
export function unknownSubject(facts: { subject: string; known: readonly string[] }): DataError {
  return new DataError('STRIATE_UNKNOWN_SUBJECT', `The dataset has no subject "${facts.subject}".`, {
    context: facts,
    hint: suggest(facts.subject, facts.known),
  });
}

/** A split that is no split: overlapping, empty, or naming stimuli that are not there. */
export function splitInvalid(facts: { reason: string; examples?: readonly string[] }): DataError {
  const examples = facts.examples && facts.examples.length > 0 ? ` (${someOf(facts.examples)})` : '';
  return new DataError('STRIATE_SPLIT_INVALID', `The split cannot be used: ${facts.reason}${examples}.`, {
    context: facts,
    hint: 'Train, validation and test share no stimulus, and train and test hold at least two each.',
  });
}

/** Two files that exclude each other. */
export function ambiguousFiles(facts: { what: string; paths: readonly string[] }): DataError {
  return new DataError(
    'STRIATE_AMBIGUOUS_FILES',
    `${facts.what} stand in more than one place: ${someOf(facts.paths)}.`,
    { context: facts, hint: 'Remove all but one; none is preferred in silence.' },
  );
}

/** A matrix that is no representational dissimilarity matrix. */
export function rdmInvalid(facts: {
  path: string;
  subject: string;
  reason: string;
  largestDeviation: number;
}): DataError {
  return new DataError(
    'STRIATE_RDM_INVALID',
    `"${facts.path}", subject "${facts.subject}": ${facts.reason} (by up to ${facts.largestDeviation}).`,
    {
      context: facts,
      hint: 'An RDM is symmetric with zeros on its diagonal. Are these similarities, or responses?',
    },
  );
}
