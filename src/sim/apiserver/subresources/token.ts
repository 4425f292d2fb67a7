import { type FieldError, invalid } from '../../api/field-error.js';
import { defineKind } from '../../api/kinds/kind.js';
import type { KubeObject } from '../../api/object.js';
import { conflict, internalError, invalidObject, methodNotAllowed, StatusError } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { type AdmissionRequest, mutateAll, validateAll } from '../admission/admission.js';
import { askerOf } from '../request/asker.js';
import type { RequestContext } from '../request/context.js';
import { writeOptions } from '../request/operation-options.js';
import { readWriteParameters } from '../request/options.js';
import { type Answer, objectAnswer } from '../respond/answer.js';
import type { ServedKind } from '../served-kind.js';
import { getObject } from '../storage/get.js';
import { noteManager } from '../storage/managed-fields.js';
import { randomUid } from '../storage/names.js';
import { ensureNamespace } from '../verbs/create.js';
import { decodeObject } from '../verbs/decode.js';
import { type BoundObjectReference, bindToken, type TokenBinding } from './token-binding.js';

const TOKEN_REQUEST: ServedKind = defineKind({
  group: 'authentication.k8s.io',
  version: 'v1',
  kind: 'TokenRequest',
  plural: 'tokenrequests',
  namespaced: true,
  verbs: [],
});

/** authentication.k8s.io/v1 TokenRequest. */
export interface TokenRequest extends KubeObject {
  spec: {
    audiences?: readonly string[] | null;
    expirationSeconds?: number | null;
    boundObjectRef?: BoundObjectReference | null;
  };
}

const DEFAULT_SECONDS = 3600;
const MIN_SECONDS = 600;
const MAX_SECONDS = 2 ** 32;
/** Kubelets ask for this; the server then signs a year, for programs that read their token only once. */
const KUBELET_SECONDS = 3607;
const EXTENDED_SECONDS = 365 * 24 * 3600;

/** POST to a service account's token: a signed token for an audience, bound to a pod, a secret or a node. */
export function* tokenSubresource(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  const { info, parts, query, request: http, now } = context;
  if (info.verb !== 'create') throw new StatusError(methodNotAllowed());
  const parameters = readWriteParameters(query, 'CreateOptions', http.headers['user-agent'] ?? '');
  const request = decodeObject(context, TOKEN_REQUEST, parameters) as TokenRequest;
  ensureNamespace(request, TOKEN_REQUEST, info.namespace);
  request.spec ??= {};
  request.spec.expirationSeconds ??= DEFAULT_SECONDS;
  const manager = { name: parameters.fieldManager, subresource: 'token', time: formatTime(now) };
  noteManager(request, undefined, TOKEN_REQUEST, manager);
  const store = yield* parts.etcd.store('read');
  const admission: AdmissionRequest = {
    ...askerOf(context),
    store,
    operation: 'CREATE',
    kind,
    subresource: 'token',
    namespace: info.namespace,
    name: info.name,
    object: request,
    old: undefined,
    dryRun: parameters.dryRun,
    options: writeOptions(context, 'CREATE'),
  };
  yield* mutateAll(parts.admission, admission);
  checkName(request, info);
  const account = getObject(store, kind, info.namespace, info.name);
  checkUid(request, account);
  Object.assign(request.metadata, {
    name: info.name,
    namespace: info.namespace,
    uid: account.metadata.uid,
    creationTimestamp: formatTime(now),
  });
  if (!request.spec.audiences?.length) request.spec.audiences = parts.audiences ?? [];
  checkSeconds(request.spec.expirationSeconds);
  yield* validateAll(parts.admission, admission);
  const bound = bindToken(store, info.namespace, info.name, request.spec.boundObjectRef);
  shorten(context, request);
  return objectAnswer(issued(context, request, bound), 201);
}

function checkName({ metadata }: TokenRequest, info: { name: string }): void {
  if (!metadata.name || metadata.name === info.name) return;
  const error = invalid('metadata.name', metadata.name, 'must match the service account name if specified');
  throw invalidRequest(info.name, error);
}

function checkUid({ metadata: { uid } }: TokenRequest, { metadata }: KubeObject): void {
  if (!uid || uid === metadata.uid) return;
  const why = `the UID in the token request (${uid}) does not match the UID of the service account (${metadata.uid})`;
  const resource = { group: 'authentication.k8s.io', resource: 'TokenRequest' };
  throw new StatusError(conflict(resource, metadata.name ?? '', why));
}

function checkSeconds(seconds: number): void {
  const path = 'spec.expirationSeconds';
  if (seconds < MIN_SECONDS) {
    throw invalidRequest('', invalid(path, seconds, 'may not specify a duration less than 10 minutes'));
  }
  if (seconds > MAX_SECONDS) {
    throw invalidRequest('', invalid(path, seconds, 'may not specify a duration larger than 2^32 seconds'));
  }
}

function invalidRequest(name: string, error: FieldError): StatusError {
  return new StatusError(invalidObject('authentication.k8s.io', 'TokenRequest', name, [error]));
}

function shorten({ parts, warnings }: RequestContext, { spec }: TokenRequest): void {
  const longest = parts.tokenLimits?.secondsMax;
  const seconds = spec.expirationSeconds as number;
  if (longest === undefined || seconds <= longest) return;
  warnings.add(`requested expiration of ${seconds} seconds shortened to ${longest} seconds`);
  spec.expirationSeconds = longest;
}

/** The request with its token. */
function issued({ parts, now: instant }: RequestContext, request: TokenRequest, bound: TokenBinding): KubeObject {
  const issue = parts.issueToken;
  if (!issue) throw new StatusError(internalError('no token issuer'));
  const { name = '', namespace = '', uid } = request.metadata;
  const { audiences, boundObjectRef } = request.spec;
  const seconds = request.spec.expirationSeconds as number;
  const own = parts.audiences ?? [];
  const isExtended =
    parts.tokenLimits?.extends !== false &&
    bound.pod !== undefined &&
    seconds === KUBELET_SECONDS &&
    (audiences ?? []).every((audience) => own.includes(audience));
  const now = Math.floor(instant / SECOND);
  const token = issue({
    aud: audiences,
    exp: now + (isExtended ? EXTENDED_SECONDS : seconds),
    iat: now,
    jti: randomUid(parts.random),
    'kubernetes.io': {
      namespace,
      ...bound,
      serviceaccount: { name, uid },
      ...(isExtended ? { warnafter: now + seconds } : {}),
    },
    nbf: now,
    sub: `system:serviceaccount:${namespace}:${name}`,
  });
  return {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: request.metadata,
    spec: { audiences, expirationSeconds: seconds, boundObjectRef: boundObjectRef ?? null },
    status: { token, expirationTimestamp: formatTime((now + seconds) * SECOND) },
  };
}
