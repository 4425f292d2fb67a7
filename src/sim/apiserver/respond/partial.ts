import type { KubeObject } from '../../api/object.js';

/** Metadata only, of one object or of each in a list. */
export function partialOf(object: KubeObject, version: string): object {
  const items = (object as { items?: unknown }).items;
  if (!Array.isArray(items)) {
    return { kind: 'PartialObjectMetadata', apiVersion: version, metadata: object.metadata };
  }
  return {
    kind: 'PartialObjectMetadataList',
    apiVersion: version,
    metadata: object.metadata,
    // Go's list of none is null here.
    items: items.length === 0 ? null : (items as KubeObject[]).map((item) => partialOf(item, version)),
  };
}
