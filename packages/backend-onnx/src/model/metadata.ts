import type { OnnxModel } from '@striate/compute';

/** What the file says of itself, key by key. */
export function readMetadata(model: OnnxModel): ReadonlyMap<string, string> {
  return new Map(model.metadataProps.map(({ key, value }) => [key, value]));
}
