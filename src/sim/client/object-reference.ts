import type { KubeObject } from '../api/object.js';
import type { ObjectReference } from '../api/types/event.js';

/** A reference to an object as it is now, or the reference itself. */
export function referenceOf(object: KubeObject | ObjectReference): ObjectReference {
  const { metadata } = object as KubeObject;
  if (metadata === undefined) return object as ObjectReference;
  const reference: ObjectReference = {
    kind: (object as KubeObject).kind,
    name: metadata.name ?? '',
    apiVersion: (object as KubeObject).apiVersion,
  };
  if (metadata.namespace) reference.namespace = metadata.namespace;
  if (metadata.uid) reference.uid = metadata.uid;
  if (metadata.resourceVersion) reference.resourceVersion = metadata.resourceVersion;
  return reference;
}
