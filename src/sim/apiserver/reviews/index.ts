import { defineKind } from '../../api/kinds/kind.js';
import type { KubeObject } from '../../api/object.js';
import { methodNotAllowed, StatusError } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { mutateAll, validateAll } from '../admission/admission.js';
import { decided } from '../authorization/decide.js';
import type { RequestContext } from '../request/context.js';
import { readWriteParameters } from '../request/options.js';
import { type Answer, objectAnswer } from '../respond/answer.js';
import type { ServedKind } from '../served-kind.js';
import { noteManager } from '../storage/managed-fields.js';
import { ensureNamespace, wipeSystemFields } from '../verbs/create.js';
import { decodeObject } from '../verbs/decode.js';
import { reviewAccess, reviewLocalAccess, reviewOwnAccess } from './access.js';
import { reviewSelf, reviewToken } from './identity.js';
import { reviewAdmission } from './review-admission.js';
import { reviewRules } from './rules.js';

/** Checks a question, and gives back what answers it once admission has judged it. Throws StatusError. */
type Review = (context: RequestContext, review: KubeObject) => () => KubeObject;

interface ReviewKind {
  readonly kind: ServedKind;
  readonly review: Review;
}

/** Questions to the server: created, answered, and never stored. Alphabetical within their groups. */
const REVIEWS: readonly ReviewKind[] = [
  define('authentication.k8s.io', 'SelfSubjectReview', reviewSelf),
  define('authentication.k8s.io', 'TokenReview', reviewToken),
  define('authorization.k8s.io', 'LocalSubjectAccessReview', reviewLocalAccess, true),
  define('authorization.k8s.io', 'SelfSubjectAccessReview', reviewOwnAccess),
  define('authorization.k8s.io', 'SelfSubjectRulesReview', reviewRules),
  define('authorization.k8s.io', 'SubjectAccessReview', reviewAccess),
];

/** The kinds of reviews, for discovery. */
export const REVIEW_KINDS: readonly ServedKind[] = REVIEWS.map(({ kind }) => kind);

/** Answers a review, if the kind is one. */
export function reviewOf(kind: ServedKind): ((context: RequestContext) => Waiting<Answer>) | undefined {
  const found = REVIEWS.find((one) => one.kind === kind);
  return (
    found &&
    function* serve(context) {
      const { info, query, request } = context;
      if (info.verb !== 'create') throw new StatusError(methodNotAllowed());
      const parameters = readWriteParameters(query, 'CreateOptions', request.headers['user-agent'] ?? '');
      const review = decodeObject(context, kind, parameters);
      wipeSystemFields(review);
      ensureNamespace(review, kind, info.namespace);
      const time = formatTime(context.now);
      noteManager(review, undefined, kind, { name: parameters.fieldManager, subresource: '', time });
      const admission = yield* reviewAdmission(context, kind, review, parameters.dryRun);
      yield* mutateAll(context.parts.admission, admission);
      const answer = found.review(context, review);
      yield* validateAll(context.parts.admission, admission);
      const answered = yield* decided(context.parts, answer);
      return objectAnswer(answered, 201, kind);
    }
  );
}

function define(group: string, kind: string, review: Review, namespaced = false): ReviewKind {
  const plural = `${kind.toLowerCase()}s`;
  return { kind: defineKind({ group, version: 'v1', kind, plural, namespaced, verbs: ['create'] }), review };
}
