// Reverse-mode differentiation: graph in, graph out.

import { gradientMissing } from '@striate/contracts';
import { Add, Expand } from '../graph/operators/index.js';
import { listNodes } from '../graph/order.js';
import { refuse, showType, staticShape } from '../graph/shape.js';
import { scalar, type Node, type Value } from '../graph/value.js';
import { RULES } from './rules/index.js';

/**
 * Derive d loss / d value for each of the values.
 *
 * @param loss  One number; the gradient of anything else is that of its sum with {@link upstream} as weights.
 * @param of    Values that the loss may depend on: parameters, inputs, anything between.
 * @param upstream d (what is finally wanted) / d loss, of loss's shape; 1 if left out.
 * @returns One value per entry of `of`, of its shape; zeros where the loss does not depend on it.
 * @throws {CapabilityError} `STRIATE_GRADIENT_MISSING` for an operator without a rule between them.
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if the loss is not a scalar and no upstream is given.
 */
export function gradients(loss: Value, of: readonly Value[], upstream?: Value): readonly Value[] {
  if (!upstream && loss.shape.some((size) => size !== 1))
    refuse('gradients', [loss], 'what is differentiated has to be one number');
  const found = new Map<Value, Value>([[loss, upstream ?? filled(1, loss)]]);
  const nodes = listNodes([loss]);
  const isNeeded = findDependents(nodes, of);
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((output) => isNeeded.has(output) && found.has(output))) continue;
    pullBack(node, found, isNeeded);
  }
  return of.map((value) => found.get(value) ?? filled(0, value));
}

function pullBack(node: Node, found: Map<Value, Value>, isNeeded: ReadonlySet<Value>): void {
  const { type, foreign, rule = foreign ? undefined : RULES[type] } = node.operator;
  if (!rule) throw gradientMissing({ operator: type });
  const { inputs, outputs, attributes } = node;
  const pulled = rule({
    ...{ inputs, outputs, attributes, gradients: outputs.map((output) => found.get(output)) },
    differentiate: gradients,
  });
  inputs.forEach((value, i) => {
    const gradient = pulled[i];
    if (!value || !gradient || !isNeeded.has(value)) return;
    if (gradient.shape.some((size, axis) => size !== value.shape[axis]))
      refuse(`the gradient of ${node.operator.type}`, [gradient], `it should be ${showType(value)}`);
    const before = found.get(value);
    found.set(value, before ? Add(before, gradient) : gradient);
  });
}

/** Everything computed from one of the values, and they themselves. */
function findDependents(nodes: readonly Node[], of: readonly Value[]): ReadonlySet<Value> {
  const dependents = new Set(of);
  for (const node of nodes) {
    if (node.inputs.some((value) => value && dependents.has(value)))
      for (const output of node.outputs) dependents.add(output);
  }
  return dependents;
}

function filled(value: number, like: Value): Value {
  const number = scalar(value, like);
  return like.shape.length === 0 ? number : Expand(number, staticShape('gradients', like));
}
