import type { ServedKind } from '../../served-kind.js';

/**
 * Resources that no policy is asked about: what says which policies there are, so that it can always be mended, and reviews
 * that nobody keeps and everything depends on.
 */
const EXCLUDED = new Set([
  'admissionregistration.k8s.io/mutatingadmissionpolicies',
  'admissionregistration.k8s.io/mutatingadmissionpolicybindings',
  'admissionregistration.k8s.io/validatingadmissionpolicies',
  'admissionregistration.k8s.io/validatingadmissionpolicybindings',
  'authentication.k8s.io/selfsubjectreviews',
  'authentication.k8s.io/tokenreviews',
  'authorization.k8s.io/localsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectrulesreviews',
  'authorization.k8s.io/subjectaccessreviews',
]);

/** Whether no policy is asked about a kind. */
export function isExcluded(kind: ServedKind): boolean {
  return EXCLUDED.has(`${kind.group}/${kind.plural}`);
}
