// Sums of products over named indices.

import { applyOne, operator, type Operator } from '../operator.js';
import { refuse } from '../shape.js';
import type { Size, Value } from '../value.js';

/** The letters of an equation, one per axis. */
export interface Indices {
  readonly operands: readonly string[];
  readonly output: string;
}

const einsum = operator(
  'Einsum',
  (inputs, attributes) => {
    const operands = inputs as readonly Value[];
    const equation = String(attributes.equation);
    const [{ dtype }] = operands;
    const { output } = readEquation(equation);
    const sizes = readSizes(equation, operands);
    if (operands.some((value) => value.dtype !== dtype))
      refuse('Einsum', inputs, 'the types of the elements differ');
    const isMade = (index: string, i: number) => sizes.has(index) && output.indexOf(index) === i;
    if (![...output].every(isMade))
      refuse('Einsum', inputs, `"${equation}" should make each index of its output once`);
    return [{ dtype, shape: [...output].map((index) => sizes.get(index)!) }];
  },
  { equation: 'string' },
);

export const einsumOperators: readonly Operator[] = [einsum];

export function readEquation(equation: string): Indices {
  const [left, output = ''] = equation.replaceAll(' ', '').split('->');
  return { operands: left.split(','), output };
}

/** The size of each index. */
function readSizes(equation: string, values: readonly Value[]): ReadonlyMap<string, Size> {
  const { operands } = readEquation(equation);
  const stop = (reason: string) => refuse('Einsum', values, `"${equation}" ${reason}`);
  if (!/^[a-zA-Z ,]*->[a-zA-Z ]*$/.test(equation)) stop('should be of the form "ij,jk->ik"');
  if (operands.length !== values.length) stop(`is for ${operands.length} operands`);
  const sizes = new Map<string, Size>();
  operands.forEach((indices, i) => {
    const { shape } = values[i];
    if (indices.length !== shape.length) stop(`names the axes of operand ${i} "${indices}"`);
    shape.forEach((size, axis) => {
      const known = sizes.get(indices[axis]) ?? size;
      if (known !== size) stop(`gives "${indices[axis]}" the sizes ${known} and ${size}`);
      sizes.set(indices[axis], size);
    });
  });
  return sizes;
}

/**
 * Multiply and sum over the indices that the output does not name: `Einsum('bij,bjk->bik', a, b)`.
 *
 * @param equation One letter per axis: those of the operands, `->`, those of the output. A letter that stands twice in
 *   an operand takes its diagonal.
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if the equation does not fit the operands.
 */
export const Einsum = (equation: string, ...operands: readonly Value[]) =>
  applyOne(einsum, operands, { equation });
