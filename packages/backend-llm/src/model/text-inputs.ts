// The inputs of a network that reads text.

import { listFedInputs, readDeclaredValue, type OnnxGraph, type Tensor } from '@striate/compute';
import { notOfFamily } from '@striate/contracts';

/** Takes the ids of the tokens. */
export const IDS = 'input_ids';

/** What each input is fed for the token at a position. */
const FILLS: Readonly<Record<string, (id: number, position: number) => number>> = {
  [IDS]: (id) => id,
  attention_mask: () => 1,
  token_type_ids: () => 0,
  position_ids: (_, position) => position,
};

const ONNX_INT32 = 6;

export interface TextInput {
  readonly name: string;
  readonly dtype: 'int32' | 'int64';
}

export interface TextInputs {
  readonly inputs: readonly TextInput[];
  /** Texts that the file is written for; `undefined` = any number. */
  readonly batchSize?: number;
}

/**
 * Find the inputs of a network that reads text.
 *
 * @param model For messages.
 * @throws {DataError} `STRIATE_NOT_OF_FAMILY` if it has no `input_ids`, has inputs that are not known here, or reads texts
 *   of one length only.
 */
export function findTextInputs(graph: OnnxGraph, model: string): TextInputs {
  const inputs = listFedInputs(graph).map((info) => ({ name: info.name, ...readDeclaredValue(info) }));
  const names = inputs.map(({ name }) => name);
  const refuse = (reason: string) => notOfFamily({ model, family: 'language model', reason });
  if (!names.includes(IDS) || names.some((name) => !(name in FILLS)))
    throw refuse(
      `it reads ${names.join(', ')}, and not ${IDS} with nothing but ${Object.keys(FILLS).slice(1).join(', ')}`,
    );
  const [batchSize, length] = inputs.find(({ name }) => name === IDS)!.shape ?? [];
  if (typeof length === 'number') throw refuse(`it reads texts of ${length} tokens only`);
  return {
    inputs: inputs.map(({ name, elemType }) => ({
      name,
      dtype: elemType === ONNX_INT32 ? 'int32' : 'int64',
    })),
    ...(typeof batchSize === 'number' ? { batchSize } : {}),
  };
}

/**
 * Make the tensors for texts of one length.
 *
 * @param texts Ids of the tokens, [text][token].
 */
export function feedTexts(
  inputs: readonly TextInput[],
  texts: readonly (readonly number[])[],
): Record<string, Tensor> {
  const shape = [texts.length, texts[0].length];
  const entries = inputs.map(({ name, dtype }) => {
    const values = texts.flatMap((ids) => ids.map(FILLS[name]));
    const data = dtype === 'int32' ? Int32Array.from(values) : BigInt64Array.from(values, BigInt);
    return [name, { dtype, shape, data }] as const;
  });
  return Object.fromEntries(entries);
}
