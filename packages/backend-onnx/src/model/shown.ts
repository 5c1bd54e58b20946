import { findDependents, type OnnxGraph } from '@striate/compute';

/** They read sizes, whatever the image shows. */
const READS_SIZES = /^(Shape|Size)$/;

/** Find the values that depend on what the image shows; those that depend on its size alone are not among them. */
export function findShown(graph: OnnxGraph, image: string): ReadonlySet<string> {
  const node = graph.node.filter(({ opType }) => !READS_SIZES.test(opType));
  return findDependents({ ...graph, node }, [image]);
}
