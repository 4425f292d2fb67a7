import type { KubeObject } from '../../../api/object.js';
import { errorText } from '../../../client/go-errors.js';
import type { Waiting } from '../../../kernel/wait.js';
import { callJson } from '../../outgoing/json-call.js';
import { readReview } from '../../outgoing/read-review.js';
import type { Attributes, View } from '../matching/attributes.js';
import { CallError, denial, dryRunUnsupported } from './errors.js';
import type { Hook } from './hooks.js';
import { type ReviewResponse, verifyReview } from './response.js';
import { admissionReview, reviewVersion } from './review.js';

const TIMEOUT_SECONDS = 10;

/**
 * Asks a webhook about a request and gives its answer when that is a yes. Warnings and annotations of any answer count.
 * Throws `CallError` when there is no answer, StatusError when it is a no.
 */
export function* callHook(
  hook: Hook,
  attributes: Attributes,
  view: View,
  object: KubeObject | undefined,
  mutating: boolean,
): Waiting<ReviewResponse> {
  const { name, sideEffects, admissionReviewVersions, clientConfig, timeoutSeconds = TIMEOUT_SECONDS } = hook.webhook;
  const { request } = attributes;
  if (request.dryRun) {
    if (!sideEffects) throw new CallError(name, 'Webhook SideEffects is nil');
    if (sideEffects !== 'None' && sideEffects !== 'NoneOnDryRun') throw dryRunUnsupported(name);
  }
  const version = reviewVersion(admissionReviewVersions);
  if (!version) {
    const why = 'webhook does not accept known AdmissionReview versions (v1, v1beta1)';
    throw new CallError(name, `could not create admission objects: ${why}`);
  }
  const { uid, review } = admissionReview(version, attributes, view, object);
  const { parts, store } = request;
  const answered = yield* asking(name, 'failed to call webhook', function* () {
    const text = yield* callJson(parts, store, clientConfig, review, timeoutSeconds);
    return readReview(text, 'AdmissionReview', `admission.k8s.io/${version}`);
  });
  const response = yield* asking(name, 'received invalid webhook response', function* () {
    return verifyReview(answered, version, uid, mutating);
  });
  for (const [key, value] of Object.entries(response.auditAnnotations)) request.annotate?.(`${name}/${key}`, value);
  for (const warning of response.warnings) request.warnings.add(warning);
  if (!response.allowed) throw denial(name, response.status);
  return response;
}

/** Says of whatever a step throws which webhook it was, and what was being done. */
function* asking<T>(name: string, doing: string, step: () => Waiting<T>): Waiting<T> {
  try {
    return yield* step();
  } catch (error) {
    throw new CallError(name, `${doing}: ${errorText(error)}`);
  }
}
