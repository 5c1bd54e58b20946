// One node of a file as values. An operator that is known here gets the types that its rule infers. Any other passes
// through: it is written again as it was, and its types are what the file says.

import { onnxNodeUnread } from '@striate/contracts';
import type { OnnxNode } from '../onnx/model.js';
import type { Tensor } from '../session/tensor.js';
import { decodeAttribute, kindOf } from './attribute.js';
import { OLDEST_OPSET, renew, type NodeForm } from './older-forms.js';
import { apply, operator, type Operator } from './operator.js';
import { OPERATORS } from './operators/index.js';
import { refuse } from './shape.js';
import { constant, constantOf, type Value, type ValueType } from './value.js';

/** The file that a node is from. */
export interface NodeSource {
  /** What the file is called, for messages. */
  readonly name: string;
  /** Domain → version of its operators that the file is written in. */
  readonly opsets: ReadonlyMap<string, number>;
  /** What was read before, by name. */
  readonly values: ReadonlyMap<string, Value>;
  /** What the file says of its values. */
  readonly types: ReadonlyMap<string, ValueType>;
}

/**
 * Read one node.
 *
 * @returns Its outputs: all that the file names, or the first ones.
 * @throws {CapabilityError} `STRIATE_ONNX_NODE_UNREAD` with operator and node.
 */
export function readNode(node: OnnxNode, source: NodeSource): readonly Value[] {
  try {
    const form = readForm(node, source);
    if (form.type === 'Constant') return [readConstant(form)];
    const values = Object.entries(form.attributes).map(([name, { value }]) => [name, value] as const);
    return apply(chooseOperator(form, node, source), form.inputs, Object.fromEntries(values));
  } catch (cause) {
    throw onnxNodeUnread({
      ...{ model: source.name, operator: node.opType, node: node.name || node.output[0] },
      ...{ reason: cause instanceof Error ? cause.message : String(cause), cause },
    });
  }
}

function readForm({ opType, domain, input, output, attribute = [] }: OnnxNode, source: NodeSource): NodeForm {
  const inputs = input.map((name) => (name === '' ? undefined : source.values.get(name)));
  const unmade = input.find((name, i) => name !== '' && !inputs[i]);
  if (unmade !== undefined) refuse(opType, inputs, `nothing makes its input "${unmade}"`);
  const attributes = attribute.map((given) => {
    const kind =
      kindOf(given) ?? refuse(opType, inputs, `its attribute "${given.name}" is of a kind not read`);
    return [given.name, { kind, value: decodeAttribute(given, kind) }] as const;
  });
  const form = { type: opType, inputs, attributes: Object.fromEntries(attributes), nOutputs: output.length };
  if (!isOnnx(domain)) return form;
  const opset = source.opsets.get('') ?? 1;
  if (opset < OLDEST_OPSET)
    refuse(opType, inputs, `it is of version ${opset}; ${OLDEST_OPSET} is the oldest`);
  return renew(form, opset);
}

/** Its one attribute says by its name what it holds: `value`, a tensor, or numbers. */
function readConstant({ attributes }: NodeForm): Value {
  const [{ kind, value }] = Object.values(attributes);
  if (kind === 'tensor') return constantOf(value as Tensor);
  const numbers = [value].flat() as number[];
  const shape = Array.isArray(value) ? [numbers.length] : [];
  return kind.startsWith('float')
    ? constant('float32', shape, Float32Array.from(numbers))
    : constant('int64', shape, BigInt64Array.from(numbers, BigInt));
}

function chooseOperator(form: NodeForm, { domain = '', output }: OnnxNode, source: NodeSource): Operator {
  const known = isOnnx(domain) ? knownOperator(form) : undefined;
  const types = output.map((name) => (name === '' ? UNREAD : source.types.get(name)));
  const isDeclared = types.every((type) => type !== undefined);
  if (known) return isDeclared && readsComputedSizes(form) ? { ...known, infer: () => types } : known;
  if (!isDeclared)
    refuse(
      form.type,
      form.inputs,
      'it is not known here, and the file does not say the types of its results',
    );
  const kinds = Object.entries(form.attributes).map(([name, { kind }]) => [name, kind] as const);
  const opset = source.opsets.get(isOnnx(domain) ? '' : domain) ?? 1;
  const passed = operator(form.type, () => types, Object.fromEntries(kinds), isOnnx(domain) ? '' : domain);
  return { ...passed, foreign: { opset } };
}

/** Of an output that has no name. */
const UNREAD: ValueType = { dtype: 'float32', shape: [] };

const isOnnx = (domain: string | undefined) => !domain || domain === 'ai.onnx';

/** An attribute that is not known might change what the rule says. */
function knownOperator({ type, attributes }: NodeForm): Operator | undefined {
  const found = OPERATORS.get(type);
  return found && Object.keys(attributes).every((name) => name in found.attributes) ? found : undefined;
}

/** A Reshape to sizes, or a Resize by factors, that are known when run only: no rule can say what comes out. */
function readsComputedSizes({ type, inputs }: NodeForm): boolean {
  const isComputed = (value: Value | undefined) => value?.origin.kind === 'node';
  const isOfSizes = (value: Value | undefined) => value?.dtype === 'int64';
  return (
    inputs.some((value) => isOfSizes(value) && isComputed(value)) ||
    (type === 'Resize' && isComputed(inputs[2]))
  );
}
