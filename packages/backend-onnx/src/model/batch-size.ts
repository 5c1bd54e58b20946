import { listSubgraphs, type OnnxGraph } from '@striate/compute';
import { unsupported } from '@striate/contracts';

/**
 * Choose how many stimuli, or texts, a network is run on at a time: as many as its file is written for, else as many as are
 * wanted; and one where values are quantised in steps of the largest one of a batch (`DynamicQuantizeLinear`), which would make
 * a stimulus depend on its company.
 *
 * @param facts.model    For messages.
 * @param facts.declared The number that the file is written for; `undefined` = any.
 * @param facts.wanted   At least 1.
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` for a network of that kind whose file is written for several.
 */
export function chooseBatchSize(
  graph: OnnxGraph,
  facts: { readonly model: string; readonly declared: number | undefined; readonly wanted: number },
): number {
  const { model, declared, wanted } = facts;
  if (!isQuantisedWhenRun(graph)) return declared ?? wanted;
  if (declared === undefined || declared === 1) return 1;
  throw unsupported({
    who: `Model "${model}"`,
    what: `give a stimulus the same features in any company: it is quantised as it runs, ${declared} at a time`,
    hint: 'Export it for one stimulus at a time or for any number, or take its weights in float32.',
  });
}

/** `DynamicQuantizeLinear`, and ONNX Runtime's nodes that do the same inside (`DynamicQuantizeMatMul`, ...). */
function isQuantisedWhenRun({ node }: OnnxGraph): boolean {
  return node.some(
    (each) => each.opType.startsWith('DynamicQuantize') || listSubgraphs(each).some(isQuantisedWhenRun),
  );
}
