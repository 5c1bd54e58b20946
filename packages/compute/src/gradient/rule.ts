// What a gradient rule is: from the gradients of a node's outputs to those of its inputs, graph in, graph out.

import { Identity, ReduceSum, Reshape } from '../graph/operators/index.js';
import { staticShape } from '../graph/shape.js';
import type { AttributeValue } from '../graph/operator.js';
import type { Value } from '../graph/value.js';

export interface RuleContext {
  readonly inputs: readonly (Value | undefined)[];
  readonly outputs: readonly Value[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** d loss / d output; `undefined` where the loss does not depend on the output. At least one is there. */
  readonly gradients: readonly (Value | undefined)[];
  /** `gradients` itself, for operators that are a formula of simpler ones. */
  differentiate(y: Value, of: readonly Value[], upstream: Value): readonly Value[];
}

/**
 * The gradients of the inputs, in their order; `undefined` where there is none (indices, shapes).
 *
 * @remarks Offer all: what nobody asks for is not reached from the outputs, and so is not in the graph.
 */
export type Rule = (context: RuleContext) => readonly (Value | undefined)[];

export type Rules = Readonly<Record<string, Rule>>;

/** A rule for an operator with one output: gets its gradient, its inputs and its output. */
export function ruleOfOne(
  rule: (
    gradient: Value,
    inputs: readonly Value[],
    output: Value,
    attributes: RuleContext['attributes'],
  ) => readonly (Value | undefined)[],
): Rule {
  return ({ gradients, inputs, outputs, attributes }) =>
    rule(gradients[0]!, inputs as readonly Value[], outputs[0], attributes);
}

/** A rule for an operator with one output that a formula of simpler operators computes too. */
export function ruleOfFormula(
  formula: (inputs: readonly Value[], attributes: RuleContext['attributes']) => Value,
): Rule {
  return ({ gradients, inputs, attributes, differentiate }) => {
    // One input may be computed from another: through copies, each gradient is of its input alone.
    const copies = (inputs as readonly Value[]).map(Identity);
    return differentiate(formula(copies, attributes), copies, gradients[0]!);
  };
}

/** Undo broadcasting: sum a gradient over the axes along which the input was stretched. */
export function sumTo(gradient: Value, input: Value): Value {
  const extra = gradient.shape.length - input.shape.length;
  const stretched = gradient.shape.flatMap((size, axis) =>
    axis < extra || (input.shape[axis - extra] === 1 && size !== 1) ? [axis] : [],
  );
  if (stretched.length === 0) return gradient;
  const summed = ReduceSum(gradient, { axes: stretched, keepdims: true });
  return extra === 0 ? summed : Reshape(summed, staticShape('a gradient', input));
}
