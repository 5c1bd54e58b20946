// Matrix products on ONNX Runtime. One session per precision and pair of transpositions, made when first needed and
// owned by a value that is passed around: no state of the process.

import { shapeMismatch } from '@striate/contracts';
import { encodeModel, type OnnxModel } from '../onnx/model.js';
import { openSession, type Session, type SessionOptions } from '../session/session.js';
import type { Tensor } from '../session/tensor.js';
import { precisionOf, zeros, type Matrix, type Precision } from './matrix.js';

export interface ProductOptions<M extends Matrix = Matrix> {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** Factor of the product, 1 if left out. */
  readonly scale?: number;
  /** Added to the product; may be {@link into} itself. */
  readonly add?: M;
  /** Where to write; a new matrix if left out. */
  readonly into?: M;
}

export interface LinearAlgebra {
  /**
   * Multiply: scale op(A) op(B) + add, op being the transposition where asked for.
   *
   * @param a [m, k], or [k, m] with `transposeA`; float32 or float64.
   * @param b [k, n], or [n, k] with `transposeB`; the same precision.
   * @returns [m, n].
   * @throws {DataError} `STRIATE_SHAPE_MISMATCH` with both shapes.
   * @remarks Sums in the precision of the inputs. A product over nothing (k = 0) is zero.
   */
  product<M extends Matrix>(a: M, b: M, options?: ProductOptions<M>): Promise<M>;
  dispose(): Promise<void>;
}

/** Open linear algebra on a device; sessions are made as they are needed. */
export function createLinearAlgebra(options: SessionOptions = {}): LinearAlgebra {
  const sessions = new Map<string, Promise<Session>>();
  const sessionFor = (kind: GemmKind): Promise<Session> => {
    const id = JSON.stringify(kind);
    let session = sessions.get(id);
    if (!session) {
      const threads = kind.isSmall ? { threads: 1 } : {};
      session = openSession(encodeModel(gemmModel(kind)), {
        ...options,
        ...threads,
        name: 'a matrix product',
      });
      sessions.set(id, session);
    }
    return session;
  };
  return {
    async product(a, b, { transposeA = false, transposeB = false, scale = 1, add, into } = {}) {
      const [m, k] = transposeA ? [a.columns, a.rows] : [a.rows, a.columns];
      const [k2, n] = transposeB ? [b.columns, b.rows] : [b.rows, b.columns];
      const precision = precisionOf(a);
      const result = (into ?? zeros(m, n, precision)) as typeof a;
      requireShapes({ m, k, k2, n, precision }, b, [result, add]);
      if (m === 0 || n === 0) return result;
      if (k === 0) {
        if (add) result.data.set(add.data);
        else result.data.fill(0);
        return result;
      }
      const session = await sessionFor({
        precision,
        transposeA,
        transposeB,
        scale,
        isAdded: add !== undefined,
        isSmall: m * n * k < SMALL,
      });
      const feeds = { a: asTensor(a), b: asTensor(b), ...(add ? { add: asTensor(add) } : {}) };
      await session.run(feeds, { c: asTensor(result) });
      return result;
    },
    async dispose() {
      const open = [...sessions.values()];
      sessions.clear();
      for (const session of open) await (await session).dispose();
    },
  };
}

function requireShapes(
  sizes: { m: number; k: number; k2: number; n: number; precision: Precision },
  b: Matrix,
  results: readonly (Matrix | undefined)[],
): void {
  const { m, k, k2, n, precision } = sizes;
  if (k !== k2 || precisionOf(b) !== precision) {
    const actual = `${m} x ${k} (${precision}) and ${k2} x ${n} (${precisionOf(b)})`;
    throw shapeMismatch({ what: 'a matrix product', expected: 'm x k and k x n of one precision', actual });
  }
  for (const result of results) {
    if (!result || (result.rows === m && result.columns === n)) continue;
    const actual = `${result.rows} x ${result.columns}`;
    throw shapeMismatch({ what: 'the result of a matrix product', expected: `${m} x ${n}`, actual });
  }
}

function asTensor(source: Matrix): Tensor {
  return { dtype: precisionOf(source), shape: [source.rows, source.columns], data: source.data };
}

/** Multiplications below which one thread is as fast as several, and need not wait for the others to wake. */
const SMALL = 2e6;

interface GemmKind {
  readonly precision: Precision;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly scale: number;
  readonly isAdded: boolean;
  readonly isSmall: boolean;
}

const ELEMENT_TYPE: Record<Precision, number> = { float32: 1, float64: 11 };
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;

function gemmModel({ precision, transposeA, transposeB, scale, isAdded }: GemmKind): OnnxModel {
  const value = (name: string) => ({
    name,
    type: {
      tensorType: {
        elemType: ELEMENT_TYPE[precision],
        shape: { dim: [{ dimParam: `${name}_rows` }, { dimParam: `${name}_columns` }] },
      },
    },
  });
  const inputs = isAdded ? ['a', 'b', 'add'] : ['a', 'b'];
  return {
    irVersion: 10,
    opsetImport: [{ domain: '', version: 17 }],
    metadataProps: [],
    graph: {
      name: 'product',
      node: [
        {
          opType: 'Gemm',
          input: inputs,
          output: ['c'],
          attribute: [
            { name: 'transA', type: ATTRIBUTE_INT, i: Number(transposeA) },
            { name: 'transB', type: ATTRIBUTE_INT, i: Number(transposeB) },
            { name: 'alpha', type: ATTRIBUTE_FLOAT, f: scale },
          ],
        },
      ],
      initializer: [],
      input: inputs.map(value),
      output: [value('c')],
      valueInfo: [],
    },
  };
}
