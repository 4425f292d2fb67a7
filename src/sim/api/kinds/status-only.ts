import type { KubeObject } from '../object.js';
import { keepAllButStatus } from './kind.js';

/** A write to the status subresource of kinds that let it change nothing of the metadata either. */
export function keepMetadataToo(object: KubeObject, old: KubeObject): void {
  const { managedFields, resourceVersion } = object.metadata;
  keepAllButStatus(object, old);
  const { managedFields: _fields, resourceVersion: _version, ...metadata } = old.metadata;
  object.metadata = {
    ...metadata,
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(managedFields === undefined ? {} : { managedFields }),
  };
}
