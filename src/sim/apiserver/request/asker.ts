import type { AdmissionRequest } from '../admission/admission.js';
import type { RequestContext } from './context.js';

/** The part of what admission judges that every verb takes from its request: who asks, and who is told what. */
export function askerOf(context: RequestContext): Pick<AdmissionRequest, 'parts' | 'user' | 'warnings' | 'annotate'> {
  const { parts, user, warnings, audit } = context;
  return { parts, user, warnings, annotate: audit?.annotate };
}
