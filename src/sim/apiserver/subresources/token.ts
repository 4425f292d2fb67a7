import { invalid } from '../../api/field-error.js';
import type { KubeObject } from '../../api/object.js';
import { badRequest, internalError, invalidObject, methodNotAllowed, StatusError } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { readBody } from '../request/body.js';
import type { RequestContext } from '../request/context.js';
import { type Answer, objectAnswer } from '../respond/answer.js';
import type { ServedKind } from '../served-kind.js';
import { getObject } from '../storage/get.js';
import { randomUid } from '../storage/names.js';
import { type BoundObjectReference, bindToken } from './token-binding.js';

interface TokenRequest extends KubeObject {
  spec?: {
    audiences?: string[];
    expirationSeconds?: number;
    boundObjectRef?: BoundObjectReference | null;
  };
}

const DEFAULT_SECONDS = 3600;
const MIN_SECONDS = 600;
/** Kubelets ask for this; the server then signs a year, for programs that read their token only once. */
const KUBELET_SECONDS = 3607;
const EXTENDED_SECONDS = 365 * 24 * 3600;

/** POST to a service account's token: a signed token for an audience, bound to a pod or a secret. */
export function* tokenSubresource(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  if (context.info.verb !== 'create') throw new StatusError(methodNotAllowed());
  const { name, namespace } = context.info;
  const store = yield* context.parts.etcd.store('read');
  const account = getObject(store, kind, namespace, name);
  const request = (readBody(context.request, 'TokenRequest')?.object ?? {}) as TokenRequest;
  const issue = context.parts.issueToken;
  if (!issue) throw new StatusError(internalError('no token issuer'));
  if (request.metadata?.name && request.metadata.name !== name) {
    throw new StatusError(
      badRequest(
        `metadata.name: Invalid value: ${JSON.stringify(request.metadata.name)}: must match the service account name`,
      ),
    );
  }
  const seconds = request.spec?.expirationSeconds ?? DEFAULT_SECONDS;
  if (seconds < MIN_SECONDS) {
    const error = invalid('spec.expirationSeconds', seconds, 'may not specify a duration less than 10 minutes');
    throw new StatusError(invalidObject('authentication.k8s.io', 'TokenRequest', '', [error]));
  }
  const now = Math.floor(context.parts.now() / SECOND);
  const bound = bindToken(store, namespace, name, request.spec?.boundObjectRef);
  const lifetime = seconds === KUBELET_SECONDS && bound.pod ? EXTENDED_SECONDS : seconds;
  const audiences = request.spec?.audiences ?? [];
  const token = issue({
    ...(audiences.length > 0 ? { aud: audiences } : {}),
    exp: now + lifetime,
    iat: now,
    jti: randomUid(context.parts.random),
    'kubernetes.io': {
      namespace,
      ...bound,
      serviceaccount: { name, uid: account.metadata.uid },
      ...(lifetime === seconds ? {} : { warnafter: now + seconds }),
    },
    nbf: now,
    sub: `system:serviceaccount:${namespace}:${name}`,
  });
  const expires = formatTime((now + seconds) * SECOND);
  return objectAnswer(
    {
      kind: 'TokenRequest',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: { name, namespace, creationTimestamp: formatTime(context.parts.now()) },
      spec: { audiences, expirationSeconds: seconds, boundObjectRef: request.spec?.boundObjectRef ?? null },
      status: { token, expirationTimestamp: expires },
    },
    201,
  );
}
