import type { ServedKind } from '../../served-kind.js';
import { isExempt } from '../matching/exempt.js';

/** Resources that nobody keeps and that everything depends on: a policy about them could lock everybody out. */
const REVIEWS = new Set([
  'authentication.k8s.io/selfsubjectreviews',
  'authentication.k8s.io/tokenreviews',
  'authorization.k8s.io/localsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectrulesreviews',
  'authorization.k8s.io/subjectaccessreviews',
]);

/** Whether no policy is asked about a kind. */
export function isExcluded(kind: ServedKind): boolean {
  return isExempt(kind) || REVIEWS.has(`${kind.group}/${kind.plural}`);
}
