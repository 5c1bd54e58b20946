// Attributes of nodes: ours have a kind, a file's have a number for it and one field for each.

import { toNumber, type OnnxAttribute } from '../onnx/model.js';
import type { AttributeKind, AttributeValue } from './operator.js';
import { decodeTensor, encodeTensor } from './stored-tensor.js';
import type { Tensor } from '../session/tensor.js';

/** ONNX's numbers for kinds of attributes. */
const ATTRIBUTE_TYPES: Readonly<Record<AttributeKind, number>> = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  floats: 6,
  ints: 7,
};

export function encodeAttribute(name: string, kind: AttributeKind, value: AttributeValue): OnnxAttribute {
  const type = ATTRIBUTE_TYPES[kind];
  switch (kind) {
    case 'float':
      return { name, type, f: value as number };
    case 'int':
      return { name, type, i: value as number };
    case 'string':
      return { name, type, s: new TextEncoder().encode(value as string) };
    case 'floats':
      return { name, type, floats: [...(value as readonly number[])] };
    case 'ints':
      return { name, type, ints: [...(value as readonly number[])] };
    case 'tensor':
      return { name, type, t: encodeTensor(value as Tensor) };
  }
}

/** The kind of a file's attribute; `undefined` for a graph, a list of strings and other kinds that no graph here has. */
export function kindOf({ type }: OnnxAttribute): AttributeKind | undefined {
  const kinds = Object.keys(ATTRIBUTE_TYPES) as AttributeKind[];
  return kinds.find((kind) => ATTRIBUTE_TYPES[kind] === type);
}

/** @throws {CapabilityError} `STRIATE_ONNX_WEIGHT_UNREAD` for a tensor of elements that are not known here. */
export function decodeAttribute(attribute: OnnxAttribute, kind: AttributeKind): AttributeValue {
  switch (kind) {
    case 'float':
      return attribute.f ?? 0;
    case 'int':
      return toNumber(attribute.i);
    case 'string':
      return new TextDecoder().decode(attribute.s);
    case 'floats':
      return attribute.floats ?? [];
    case 'ints':
      return (attribute.ints ?? []).map(toNumber);
    case 'tensor':
      return decodeTensor(attribute.t!, attribute.name);
  }
}
