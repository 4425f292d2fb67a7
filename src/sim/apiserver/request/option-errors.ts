import { notSupported } from '../../api/field-error.js';
import { invalidObject, StatusError } from '../../api/status.js';

/** 422 for an option outside its values: `CreateOptions.meta.k8s.io "" is invalid: …`. */
export function invalidField(kind: string, field: string, value: unknown, supported: readonly string[]): StatusError {
  return new StatusError(invalidObject('meta.k8s.io', kind, '', [notSupported(field, value, supported)]));
}
