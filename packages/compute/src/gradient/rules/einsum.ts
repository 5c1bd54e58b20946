// The gradient of a sum of products is one again: the upstream gradient takes the operand's place.

import { readEquation } from '../../graph/operators/einsum.js';
import { Einsum, Expand } from '../../graph/operators/index.js';
import { countOf, staticShape } from '../../graph/shape.js';
import { scalar, type Value } from '../../graph/value.js';
import { identity } from '../along-axis.js';
import { ruleOfOne, type Rules } from '../rule.js';

/** A tensor with a letter for each axis. */
interface Factor {
  readonly indices: string;
  readonly value: Value;
}

/**
 * Letters for the axes of an operand, all different, and factors for those that the others do not have: an index that
 * was summed for itself is stretched by ones, one that stood twice is spread out from its diagonal.
 */
function distinct({ indices, value }: Factor, others: readonly Factor[], free: readonly string[]) {
  const shape = staticShape('Einsum', value);
  const added: Factor[] = [];
  const letters = [...indices].map((index, axis) => {
    const size = shape[axis];
    if (indices.indexOf(index) < axis) {
      added.push({ indices: index + free[axis], value: identity(size, value) });
      return free[axis];
    }
    if (!others.some((other) => other.indices.includes(index)))
      added.push({ indices: index, value: Expand(scalar(1, value), [size]) });
    return index;
  });
  return { letters: letters.join(''), added };
}

/**
 * Multiply two factors at a time, always those that leave the smallest product: in the order of the equation, what is
 * between may be many times as large as all of them.
 */
function multiply(factors: readonly Factor[], output: string): Value {
  if (factors.length <= 2) return einsum(factors, output);
  const pairs = factors.flatMap((a, i) => factors.slice(i + 1).map((b) => [a, b]));
  const products = pairs.map((pair) => {
    const rest = factors.filter((factor) => !pair.includes(factor));
    const needed = rest.map(({ indices }) => indices).join('') + output;
    const both = new Set(pair.flatMap(({ indices }) => [...indices]));
    const indices = [...both].filter((index) => needed.includes(index)).join('');
    return { rest, indices, value: einsum(pair, indices) };
  });
  const smallest = products.reduce((a, b) =>
    countOf('Einsum', b.value) < countOf('Einsum', a.value) ? b : a,
  );
  return multiply([...smallest.rest, smallest], output);
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];

const einsum = (factors: readonly Factor[], output: string) =>
  Einsum(`${factors.map(({ indices }) => indices).join()}->${output}`, ...factors.map(({ value }) => value));

export const einsumRules: Rules = {
  Einsum: ruleOfOne((g, inputs, _, { equation }) => {
    const { operands, output } = readEquation(String(equation));
    const factors = operands.map((indices, i): Factor => ({ indices, value: inputs[i] }));
    const free = LETTERS.filter((letter) => !String(equation).includes(letter));
    return factors.map((factor, i) => {
      const others = [{ indices: output, value: g }, ...factors.toSpliced(i, 1)];
      const { letters, added } = distinct(factor, others, free);
      return multiply([...others, ...added], letters);
    });
  }),
};
