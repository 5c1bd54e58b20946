// Nodes of files that were written in an older version of ONNX's operators, in the form of the version that is written
// here: mostly, what was an attribute has become an input. What changed and is not listed here has changed its syntax
// too, so that ONNX Runtime refuses it rather than computing something else.

import type { AttributeKind, AttributeValue } from './operator.js';
import { refuse } from './shape.js';
import { integers, scalar, type Value } from './value.js';

/** What a node is before it is applied. */
export interface NodeForm {
  readonly type: string;
  readonly inputs: readonly (Value | undefined)[];
  readonly attributes: Readonly<Record<string, { kind: AttributeKind; value: AttributeValue }>>;
  readonly nOutputs: number;
}

interface Change {
  /** The first version that has the new form. */
  readonly since: number;
  renew(form: NodeForm): NodeForm;
}

/** The oldest version that is read: before it, broadcasting was an attribute. */
export const OLDEST_OPSET = 7;

/**
 * Write a node of an older version in the present form.
 *
 * @param opset The version that the file is written in.
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` for a Softmax over several axes at once.
 */
export function renew(form: NodeForm, opset: number): NodeForm {
  const changes = CHANGES[form.type] ?? [];
  return changes.reduce((now, change) => (opset < change.since ? change.renew(now) : now), form);
}

/** The inputs behind the first one were attributes. */
const movedToInputs = (since: number, ...names: readonly string[]): Change => ({
  since,
  renew(form) {
    const moved = names.map((name) => asInput(form.attributes[name]?.value, form.inputs[0]!));
    return { ...form, inputs: [...form.inputs, ...moved], attributes: without(form, ...names) };
  },
});

function asInput(value: AttributeValue | undefined, like: Value): Value | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'number' ? scalar(value, like) : integers(value as readonly number[]);
}

function without({ attributes }: NodeForm, ...names: readonly string[]): NodeForm['attributes'] {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));
}

/** Until 13 all axes from `axis` on, 1 if left out, were one. */
const alongAllAxesBehind: Change = {
  since: 13,
  renew(form) {
    const [x] = form.inputs;
    const axis = Number(form.attributes.axis?.value ?? 1);
    if (axis !== x!.shape.length - 1 && axis !== -1)
      refuse(form.type, [x], `before version 13 it goes over all axes from ${axis} on`);
    return { ...form, attributes: { ...form.attributes, axis: { kind: 'int', value: axis } } };
  },
};

/** A Split that does not say how long its parts are makes equal ones, the last being what is left. */
const equalParts: Change = {
  since: Infinity,
  renew(form) {
    const [x, lengths] = form.inputs;
    const size = x!.shape.at(Number(form.attributes.axis?.value ?? 0));
    if (lengths || typeof size !== 'number') return form;
    const length = Math.ceil(size / form.nOutputs);
    const parts = Array.from({ length: form.nOutputs }, (_, i) => Math.min(length, size - i * length));
    return { ...form, inputs: [x, integers(parts)], attributes: without(form, 'num_outputs') };
  },
};

/** Outside of training nothing is dropped. */
const dropsNothing: Change = {
  since: Infinity,
  renew: (form) =>
    form.inputs[2] ? form : { ...form, type: 'Identity', inputs: [form.inputs[0]], attributes: {} },
};

const SAMPLING_MODES: Readonly<Record<string, string>> = { bilinear: 'linear', bicubic: 'cubic' };

const samplingModes: Change = {
  since: 20,
  renew(form) {
    const mode = (form.attributes.mode?.value ?? 'bilinear') as string;
    const now = { kind: 'string', value: SAMPLING_MODES[mode] ?? mode } as const;
    return { ...form, attributes: { ...form.attributes, mode: now } };
  },
};

/** An equation may leave its output out, and write `...` for axes without a name, counted from the last. */
const spellsOut: Change = {
  since: Infinity,
  renew(form) {
    const [left, right] = String(form.attributes.equation?.value).replaceAll(' ', '').split('->');
    const terms = left.split(',');
    const nUnnamed = terms.map((term, i) =>
      term.includes('...') ? form.inputs[i]!.shape.length - (term.length - 3) : 0,
    );
    const free = [...'zyxwvutsrqponmlkjihgfedcba'].filter((letter) => !left.includes(letter));
    const spell = (term: string, count: number) =>
      term.replace('...', free.slice(0, count).reverse().join(''));
    const onlyOnce = [...left.matchAll(/[a-zA-Z]/g)]
      .map(([letter]) => letter)
      .filter((letter) => left.indexOf(letter) === left.lastIndexOf(letter));
    const output = spell(right ?? `...${onlyOnce.sort().join('')}`, Math.max(...nUnnamed));
    const value = `${terms.map((term, i) => spell(term, nUnnamed[i])).join()}->${output}`;
    return { ...form, attributes: { ...form.attributes, equation: { kind: 'string', value } } };
  },
};

const reductions = ['Max', 'Min', 'Mean', 'Prod', 'SumSquare', 'L1', 'L2', 'LogSum', 'LogSumExp'];

const CHANGES: Readonly<Record<string, readonly Change[]>> = {
  Clip: [movedToInputs(11, 'min', 'max')],
  Dropout: [dropsNothing],
  Einsum: [spellsOut],
  GridSample: [samplingModes],
  Hardmax: [alongAllAxesBehind],
  LogSoftmax: [alongAllAxesBehind],
  Pad: [movedToInputs(11, 'pads', 'value')],
  ReduceSum: [movedToInputs(13, 'axes')],
  ...Object.fromEntries(reductions.map((name) => [`Reduce${name}`, [movedToInputs(18, 'axes')]])),
  Slice: [movedToInputs(10, 'starts', 'ends', 'axes')],
  Softmax: [alongAllAxesBehind],
  Split: [movedToInputs(13, 'split'), equalParts],
  Squeeze: [movedToInputs(13, 'axes')],
  Unsqueeze: [movedToInputs(13, 'axes')],
};
