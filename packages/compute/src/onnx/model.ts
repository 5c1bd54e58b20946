// ONNX models as plain objects: decode, look, edit, encode. Field names are the format's, in camel case.

import { onnxMalformed, onnxTooLarge } from '@striate/contracts';
import Long from 'long';
import protobuf from 'protobufjs';
import { orderNodes } from './node-order.js';
import { ONNX_DESCRIPTOR } from './schema.js';

type Int64 = Long | number;

export interface OnnxDimension {
  dimValue?: Int64;
  dimParam?: string;
}
export interface OnnxValueInfo {
  name: string;
  type?: { tensorType?: { elemType: number; shape?: { dim?: OnnxDimension[] } } };
}
export interface OnnxTensor {
  name?: string;
  dims?: Int64[];
  dataType: number;
  rawData?: Uint8Array;
  floatData?: number[];
  int32Data?: number[];
  int64Data?: Int64[];
  doubleData?: number[];
  externalData?: { key: string; value: string }[];
  dataLocation?: number;
}
export interface OnnxAttribute {
  name: string;
  type: number;
  f?: number;
  i?: Int64;
  s?: Uint8Array;
  t?: OnnxTensor;
  g?: OnnxGraph;
  graphs?: OnnxGraph[];
  floats?: number[];
  ints?: Int64[];
  strings?: Uint8Array[];
}
export interface OnnxNode {
  name?: string;
  opType: string;
  domain?: string;
  input: string[];
  output: string[];
  attribute?: OnnxAttribute[];
}
export interface OnnxGraph {
  name?: string;
  node: OnnxNode[];
  initializer: OnnxTensor[];
  input: OnnxValueInfo[];
  output: OnnxValueInfo[];
  valueInfo: OnnxValueInfo[];
}
export interface OnnxModel {
  irVersion: Int64;
  producerName?: string;
  docString?: string;
  opsetImport: { domain?: string; version: Int64 }[];
  graph: OnnxGraph;
  metadataProps: { key: string; value: string }[];
}

const modelType = protobuf.Root.fromJSON(ONNX_DESCRIPTOR).lookupType('ModelProto');

/**
 * Decode the bytes of an ONNX file. Weights stay views of `bytes`; nodes are in an order of computation.
 *
 * @param bytes Whole file.
 * @param path  Where it is from, for messages.
 * @throws {DataError} `STRIATE_ONNX_MALFORMED` if the bytes are cut short or are no ONNX model.
 */
export function decodeModel(bytes: Uint8Array, path: string): OnnxModel {
  let model: OnnxModel;
  try {
    model = modelType.decode(bytes) as unknown as OnnxModel;
  } catch (cause) {
    throw onnxMalformed({ path, reason: cause instanceof Error ? cause.message : String(cause), cause });
  }
  if (!model.graph || model.graph.node.length === 0) {
    throw onnxMalformed({ path, reason: 'it holds no graph.' });
  }
  model.graph.node = orderNodes(model.graph.node);
  return model;
}

/** What one message of the format can hold. */
const LIMIT_BYTES = 2 ** 31 - 1;

/**
 * Encode a model as the bytes of an ONNX file.
 *
 * @throws {CapabilityError} `STRIATE_ONNX_TOO_LARGE` for more than 2 GB of weights.
 */
export function encodeModel(model: OnnxModel): Uint8Array {
  const bytes = model.graph.initializer.reduce((sum, { rawData }) => sum + (rawData?.length ?? 0), 0);
  if (bytes > LIMIT_BYTES) throw onnxTooLarge({ bytes, limitBytes: LIMIT_BYTES });
  return modelType.encode(modelType.fromObject(model as unknown as Record<string, unknown>)).finish();
}

/** A 64-bit number of the format as a JavaScript number. */
export function toNumber(value: Int64 | undefined): number {
  return value === undefined ? 0 : typeof value === 'number' ? value : value.toNumber();
}
