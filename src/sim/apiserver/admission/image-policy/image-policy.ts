import { labelKey } from '../../../api/names.js';
import { type Status, StatusError } from '../../../api/status.js';
import type { Pod } from '../../../api/types/pod.js';
import { errorText } from '../../../client/go-errors.js';
import type { Micros } from '../../../kernel/time.js';
import type { Waiting } from '../../../kernel/wait.js';
import { ConfigurationError } from '../../configuration-file.js';
import { AnswerCache } from '../../outgoing/answer-cache.js';
import { Unanswered } from '../../outgoing/post-json.js';
import type { Remote } from '../../outgoing/remote.js';
import { askRemote } from '../../outgoing/remote-call.js';
import type { AdmissionRequest } from '../admission.js';
import type { ConfiguredPlugin } from '../configuration.js';
import { refusal } from '../refusal.js';
import { type ImageVerdict, imageQuestion, imageReview, readVerdict } from './review.js';
import { type ImagePolicySettings, readSettings } from './settings.js';

const VERDICTS_MAX = 1024;
const AUDIT_PREFIX = 'imagepolicywebhook.image-policy.k8s.io/';

/** Somebody outside of the server says which images may run; what he said holds for a while. */
export const IMAGE_POLICY_WEBHOOK: ConfiguredPlugin = (text, readRemote) => {
  const settings = readSettings(text);
  const remote = reachable(() => readRemote(settings.kubeConfigFile));
  const kept = new AnswerCache<ImageVerdict>(VERDICTS_MAX);
  return {
    name: 'ImagePolicyWebhook',
    validate: (request) => (isAsked(request) ? judge(request) : undefined),
  };

  function* judge(request: AdmissionRequest): Waiting<void> {
    const { subresource, namespace, parts } = request;
    const question = imageQuestion(request.object as Pod, namespace, subresource !== '');
    const key = JSON.stringify(question);
    let verdict = kept.get(key, parts.now());
    if (!verdict) {
      verdict = yield* ask(request, remote, settings, imageReview(question));
      if (!verdict) return;
      kept.keep(key, verdict, parts.now(), ttlOf(verdict, settings));
    }
    follow(request, verdict);
  }
};

/** What makes a pod or changes it, ephemeral containers among them. */
function isAsked({ kind, operation, subresource }: AdmissionRequest): boolean {
  if (kind.kind !== 'Pod' || kind.group !== '' || (operation !== 'CREATE' && operation !== 'UPDATE')) return false;
  return subresource === '' || subresource === 'ephemeralcontainers';
}

function reachable(read: () => Remote): Remote {
  try {
    return read();
  } catch (error) {
    throw new ConfigurationError(errorText(error));
  }
}

function ttlOf({ allowed }: ImageVerdict, { allowTtl, denyTtl }: ImagePolicySettings): Micros {
  return allowed ? allowTtl : denyTtl;
}

/** What the other side says; undefined where it says nothing and images pass then. Throws StatusError where they do not. */
function* ask(
  request: AdmissionRequest,
  remote: Remote,
  { defaultAllow, retryBackoff }: ImagePolicySettings,
  review: object,
): Waiting<ImageVerdict | undefined> {
  try {
    return readVerdict(yield* askRemote(request.parts, remote, review, retryBackoff));
  } catch (error) {
    if (!defaultAllow) throw refusedBy(error) ?? refusal(request, errorText(error));
    request.annotate?.(`${AUDIT_PREFIX}failed-open`, 'true');
    return undefined;
  }
}

/** A refusal of the other side is passed on as it is, as if it were one of this server. */
function refusedBy(error: unknown): StatusError | undefined {
  const status = error instanceof Unanswered ? error.status : undefined;
  return status?.reason === 'Forbidden' ? new StatusError(status as Status) : undefined;
}

function follow(request: AdmissionRequest, { allowed, reason, auditAnnotations }: ImageVerdict): void {
  for (const [key, value] of Object.entries(auditAnnotations)) {
    if (!key.includes('/') && labelKey(key).length === 0) request.annotate?.(`${AUDIT_PREFIX}${key}`, value);
  }
  if (allowed) return;
  throw refusal(
    request,
    reason === ''
      ? 'one or more images rejected by webhook backend'
      : `image policy webhook backend denied one or more images: ${reason}`,
  );
}
