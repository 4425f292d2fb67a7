import { forbiddenRequest, StatusError } from '../../api/status.js';
import { groupResource } from '../served-kind.js';
import type { AdmissionRequest } from './admission.js';

/**
 * What a plug-in throws when it does not let a request pass: 403, with the object's name as far as there is one
 * (admission.NewForbidden).
 */
export function refusal(request: AdmissionRequest, why: string): StatusError {
  const { kind, name, object } = request;
  const { name: own, generateName } = object?.metadata ?? {};
  return new StatusError(forbiddenRequest(groupResource(kind), name || own || generateName || 'Unknown', why));
}

/** Several reasons as one, each once (utilerrors.NewAggregate). */
export function aggregated(reasons: readonly string[]): string {
  const each = [...new Set(reasons)];
  return each.length === 1 ? (each[0] as string) : `[${each.join(', ')}]`;
}
