import { ownField } from '../api/set-field.js';
import {
  internalError,
  methodNotAllowed,
  notFound,
  notFoundPath,
  type Status,
  StatusError,
  unauthorized,
  unnamedError,
} from '../api/status.js';
import type { APIService } from '../api/types/api-service.js';
import { encodeText } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import type { HttpRequest, HttpResponse, Peer } from '../kernel/network.js';
import type { Waiting } from '../kernel/wait.js';
import type { AuditTrail } from './audit/trail.js';
import { authenticate } from './authentication/authenticate.js';
import { CredentialError } from './authentication/authenticator.js';
import { authorize } from './authorization/authorize.js';
import { settleConditions, settledGroup } from './conditions/index.js';
import { nonResourcePath, notServed } from './discovery/paths.js';
import { forward } from './extensions/aggregation/forward.js';
import { remoteServices } from './extensions/aggregation/remote-services.js';
import { convertByHook } from './extensions/conversion/converting.js';
import { CustomKinds } from './extensions/custom-kinds.js';
import { rulesOf } from './extensions/rules/run-rules.js';
import { changes } from './metrics/metrics.js';
import type { ServerParts } from './parts.js';
import { checkNames, checkPlace } from './request/check-place.js';
import type { RequestContext } from './request/context.js';
import { type MediaType, negotiate, PLAIN_JSON, refusalType, wantsPretty } from './request/media-type.js';
import { type RequestInfo, readRequestInfo } from './request/request-info.js';
import type { Answer } from './respond/answer.js';
import { PlainError } from './respond/plain-error.js';
import { refuse, respond } from './respond/respond.js';
import { groupResource, type ServedKind } from './served-kind.js';
import { EtcdError } from './storage/etcd-access.js';
import { SUBRESOURCES } from './subresources/index.js';
import { unstoredOf } from './unstored/index.js';
import { VERBS } from './verbs/index.js';

/** Requests to one server. Runs in the caller's turn and waits only in virtual time. */
export type Handler = (request: HttpRequest, peer: Peer) => Waiting<HttpResponse>;

const RESOURCE_TRANSFORMS = [
  'Table.meta.k8s.io/v1',
  'Table.meta.k8s.io/v1beta1',
  'PartialObjectMetadata.meta.k8s.io/v1',
  'PartialObjectMetadataList.meta.k8s.io/v1',
  'PartialObjectMetadata.meta.k8s.io/v1beta1',
  'PartialObjectMetadataList.meta.k8s.io/v1beta1',
];
const DISCOVERY_TRANSFORMS = ['APIGroupDiscoveryList.apidiscovery.k8s.io/v2'];

type Target = ReturnType<typeof readTarget>;

/** The path of a request through the server: who, what, may he, then the verb. */
export function createHandler(parts: ServerParts): Handler {
  const custom = new CustomKinds(parts.etcd, { rulesOf, convert: convertByHook });
  parts.kinds.follow(() => custom.current());
  const answer = answering(parts);
  const { metrics } = parts;
  if (!metrics) return (request, peer) => answer(request, peer, ...addressed(request));
  return function* handle(request, peer) {
    const [url, info] = addressed(request);
    const kind = changes(info) ? 'mutating' : 'readOnly';
    const began = parts.now();
    metrics.inflight[kind] += 1;
    try {
      const response = yield* answer(request, peer, url, info);
      if (isServed(parts, info)) metrics.answered(info, url.query, response.status, parts.now() - began);
      return response;
    } finally {
      metrics.inflight[kind] -= 1;
    }
  };
}

/** What a request is for, read once: its path and query, and what they mean. */
function addressed(request: HttpRequest): [url: Target, info: RequestInfo] {
  const url = readTarget(request.target);
  return [url, readRequestInfo(request.method, url.path, url.query)];
}

/** Only what the server knows has metrics of its own: clients may ask for names without end. */
function isServed({ kinds }: ServerParts, { isResource, group, version, resource, subresource }: RequestInfo): boolean {
  if (!isResource) return true;
  const kind = kinds.resource(group, version, resource);
  return kind !== undefined && (subresource === '' || kind.subresources.includes(subresource));
}

function answering(
  parts: ServerParts,
): (request: HttpRequest, peer: Peer, url: Target, info: RequestInfo) => Waiting<HttpResponse> {
  return function* handle(request, peer, url, info) {
    if (BAD_ESCAPE.test(url.path)) return unreadablePath();
    if (parts.requestCost > 0) yield { until: parts.now() + parts.requestCost };
    const warnings = new Set<string>();
    let accept: MediaType | undefined;
    let audit: AuditTrail | undefined;
    try {
      const now = parts.now();
      const known = yield* authenticate({ parts, request, peer, now, warnings, audiences: parts.audiences ?? [] });
      if (known instanceof CredentialError) {
        parts.unauthenticated?.(known.message);
        parts.audit?.refused(request, { info, address: peer.address.address, now }, unauthorized());
        throw new StatusError(unauthorized());
      }
      audit = parts.audit?.open(request, { user: known.user, info, address: peer.address.address, now });
      const acting = yield* authorize(parts, known.user, info, request, audit);
      accept = acceptedOf(parts, request, info, url.query);
      const context: RequestContext = {
        parts,
        request: known.request,
        peer,
        info,
        query: url.query,
        user: acting,
        accept,
        now,
        warnings,
        audit,
      };
      const answer = yield* route(context);
      const settled = settledGroup(parts, info);
      if (settled !== undefined) yield* settleConditions(parts, yield* parts.etcd.store('write'), settled);
      const response = respond(context, answer);
      return audit ? audit.complete(response) : response;
    } catch (error) {
      if (error instanceof PlainError) return audit ? audit.complete(error.response) : error.response;
      const written = refusalType(accept ?? acceptOrJson(request, url.query), request.headers['accept']);
      const status = statusOf(error, audit);
      const response = refuse(status, written, warnings);
      if (!audit) return response;
      if (written) audit.answered(status);
      return audit.complete(response);
    }
  };
}

/** Finds what serves a request: a verb, a subresource, or one of the paths that are no resources. Throws 404, 405. */
function* route(context: RequestContext): Waiting<Answer> {
  const { info, parts } = context;
  const remote = info.path.startsWith('/apis/') ? remoteOf(parts, info) : undefined;
  if (remote) return yield* forward(context, remote);
  if (!info.isResource) return yield* nonResourcePath(context);
  const kind = parts.kinds.resource(info.group, info.version, info.resource);
  if (!kind || isMisplaced(kind, info)) return notServed(context);
  if (kind.deprecation !== undefined) {
    context.warnings.add(kind.deprecation);
    context.audit?.annotate('k8s.io/deprecated', 'true');
  }
  if (info.subresource !== '') {
    checkNames(info);
    const serve = kind.subresources.includes(info.subresource) ? ownField(SUBRESOURCES, info.subresource) : undefined;
    if (!serve) {
      throw new StatusError(kind.custom ? notFound(groupResource(kind), info.name) : notFoundPath());
    }
    return yield* serve(context, kind);
  }
  checkPlace(kind, info);
  const serve = unstoredOf(kind);
  if (serve) return yield* serve(context);
  const verb = ownField(VERBS, info.verb);
  if (!verb) throw new StatusError(methodNotAllowed());
  return yield* verb(context, kind);
}

/** The APIService of the path's version, where another server stands behind it; discovery of a group is told here. */
function remoteOf(parts: ServerParts, info: RequestInfo): APIService | undefined {
  const [, , group = '', version = ''] = info.path.split('/');
  return version === '' ? undefined : remoteServices(parts.etcd).find(group, version);
}

/** Custom kinds are not served in a namespace, or outside of one, where they do not belong. */
function isMisplaced({ custom, namespaced }: ServedKind, { namespace, verb }: RequestInfo): boolean {
  if (!custom) return false;
  return namespaced ? namespace === '' && verb !== 'list' && verb !== 'watch' : namespace !== '';
}

/** What is passed on to somebody else, whose answer may be of any type: only refusals are written here. */
const CONNECTING = new Set(['attach', 'exec', 'portforward', 'proxy']);

/** Resources and discovery come in several media types; health, schemas and the rest look at the header themselves, or not. */
function acceptedOf(parts: ServerParts, request: HttpRequest, info: RequestInfo, query: URLSearchParams): MediaType {
  if (!info.isResource && !/^\/apis?(?:\/|$)/.test(info.path)) return PLAIN_JSON;
  if (CONNECTING.has(info.subresource)) return acceptOrJson(request, query) ?? PLAIN_JSON;
  return negotiateFor(request, info, query, isCustom(parts, info));
}

function isCustom({ kinds }: ServerParts, { isResource, group, version, resource }: RequestInfo): boolean {
  return isResource && kinds.resource(group, version, resource)?.custom !== undefined;
}

function negotiateFor(
  request: HttpRequest,
  { isResource, verb }: Pick<RequestInfo, 'isResource' | 'verb'>,
  query?: URLSearchParams,
  custom = false,
): MediaType {
  const { accept, 'user-agent': agent } = request.headers;
  const streams = isResource && (verb === 'list' || verb === 'watch') ? 'streams' : 'answers';
  const chosen = negotiate(accept, isResource ? RESOURCE_TRANSFORMS : DISCOVERY_TRANSFORMS, streams, !custom);
  return query && wantsPretty(agent, query) ? { ...chosen, pretty: true } : chosen;
}

function acceptOrJson(request: HttpRequest, query: URLSearchParams): MediaType | undefined {
  try {
    return negotiateFor(request, { isResource: true, verb: '' }, query);
  } catch {
    return undefined;
  }
}

/** A percent sign that begins no byte: Go's HTTP server cannot read such a path and hands it to no handler. */
const BAD_ESCAPE = /%(?![0-9a-fA-F]{2})/;

function unreadablePath(): HttpResponse {
  const headers = { 'content-type': 'text/plain; charset=utf-8', connection: 'close' };
  return { status: 400, headers, body: encodeText('400 Bad Request') };
}

function readTarget(target: string): { path: string; query: URLSearchParams } {
  const at = target.indexOf('?');
  if (at === -1) return { path: target, query: new URLSearchParams() };
  return { path: target.slice(0, at), query: new URLSearchParams(target.slice(at + 1)) };
}

/** The Status of whatever was thrown. Programming errors are not hidden. */
function statusOf(error: unknown, audit: AuditTrail | undefined): Status {
  if (error instanceof StatusError) return error.status;
  if (error instanceof EtcdError) return unnamedError(error.message);
  if (isErrno(error)) return internalError(error.message);
  audit?.panicked(error);
  throw error;
}
