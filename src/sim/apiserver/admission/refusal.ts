import { forbiddenRequest, StatusError } from '../../api/status.js';
import { groupResource } from '../served-kind.js';
import type { AdmissionRequest } from './admission.js';

/** 403 of a plug-in; an object that has no name yet goes by how its name will begin, or is unknown. */
export function refusal({ kind, name, object }: AdmissionRequest, why: string): StatusError {
  const { name: own, generateName } = object?.metadata ?? {};
  const shown = name || (object ? own || generateName || 'Unknown' : 'Unknown');
  return new StatusError(forbiddenRequest(groupResource(kind), shown, why));
}
