import type { KubeObject } from '../../api/object.js';
import { badRequest, notFoundPath, StatusError } from '../../api/status.js';
import { errorText } from '../../client/go-errors.js';
import { isErrno } from '../../kernel/errno.js';
import { type HttpRequest, type HttpResponse, TlsError } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import type { RequestContext } from '../request/context.js';
import { NOT_FORWARDED } from '../request/not-forwarded.js';
import { type Answer, responseAnswer } from '../respond/answer.js';
import type { ServedKind } from '../served-kind.js';
import { getObject } from '../storage/get.js';
import { admitConnection } from './admit-connection.js';
import { serviceEndpoint, unavailable } from './proxy-endpoint.js';
import { prefixed } from './proxy-rewrite.js';
import type { ProxyTarget } from './proxy-target.js';

const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/** Any method on nodes/N/proxy, services/S/proxy and pods/P/proxy: the request goes on to what they stand for. */
export function* proxySubresource(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  const { info, request, query } = context;
  const { prefix, rest } = splitPath(info.path, kind.namespaced);
  yield* admitConnection(context, kind, rest);
  const wanted = readName(info.name, kind);
  const send = yield* connect(context, kind, wanted);
  if (rest === '' && (request.method === 'GET' || request.method === 'HEAD')) {
    const behind = query.size > 0 ? `?${query}` : '';
    return responseAnswer({ status: 301, headers: { location: `${prefix}/${behind}` } });
  }
  const search = request.target.includes('?') ? request.target.slice(request.target.indexOf('?')) : '';
  const forwarded: HttpRequest = {
    method: request.method,
    target: `${rest === '' ? '/' : rest}${search}`,
    headers: forwardedHeaders(request, info.path),
    ...(request.body ? { body: request.body } : {}),
    ...(request.upgrade ? { upgrade: request.upgrade } : {}),
  };
  let response: HttpResponse;
  try {
    response = yield* send(forwarded);
  } catch (error) {
    if (!isErrno(error) && !(error instanceof TlsError)) throw error;
    throw unavailable(`error trying to reach service: ${errorText(error)}`);
  }
  return responseAnswer(prefixed(response, prefix));
}

/** `…/proxy` and what stands behind it. */
function splitPath(path: string, namespaced: boolean): { prefix: string; rest: string } {
  // '', api, v1, [namespaces, NAMESPACE,] RESOURCE, NAME, proxy
  const parts = path.split('/');
  const end = namespaced ? 8 : 6;
  return { prefix: parts.slice(0, end).join('/'), rest: parts.length > end ? `/${parts.slice(end).join('/')}` : '' };
}

interface Wanted {
  readonly scheme: 'http' | 'https' | undefined;
  readonly name: string;
  readonly port: string;
}

/** NAME, NAME:PORT or SCHEME:NAME:PORT, the scheme of which may be empty. Throws 400. */
function readName(given: string, kind: ServedKind): Wanted {
  const parts = given.split(':');
  const [scheme = '', name = '', port = ''] = parts.length < 3 ? ['', ...parts] : parts;
  const isValid = parts.length <= 3 && name !== '' && (scheme === '' || scheme === 'http' || scheme === 'https');
  if (!isValid) throw new StatusError(badRequest(`invalid ${kind.singular} request ${JSON.stringify(given)}`));
  return { scheme: scheme === '' ? undefined : scheme, name, port };
}

type Send = (request: HttpRequest) => Waiting<HttpResponse>;

/** Finds where the requests of a node, service or pod go. Throws 404 and 503. */
function* connect(context: RequestContext, kind: ServedKind, wanted: Wanted): Waiting<Send> {
  const store = yield* context.parts.etcd.store('read');
  const { kubelets, proxy } = context.parts;
  const scheme = wanted.scheme ?? 'http';
  const through = (target: ProxyTarget): Send => {
    if (!proxy) throw new StatusError(notFoundPath());
    return (request) => proxy.request(target, request);
  };
  if (kind.kind === 'Service') {
    return through({ scheme, ...serviceEndpoint(context, store, { ...wanted, whole: context.info.name }) });
  }
  const object = getObject(store, kind, context.info.namespace, wanted.name);
  if (kind.kind === 'Pod') return through(podTarget(object, scheme, wanted));
  if (kubelets && (wanted.port === '' || wanted.port === '10250'))
    return (request) => kubelets.request(object, request);
  return through({ scheme, address: nodeAddress(object), port: Number(wanted.port) || DEFAULT_PORTS[scheme] });
}

interface PodView {
  readonly spec?: {
    readonly containers?: readonly { readonly ports?: readonly { readonly containerPort?: number }[] }[];
  };
  readonly status?: { readonly podIP?: string };
}

/** A pod's address, and the port given or the first one it declares. */
function podTarget(pod: KubeObject, scheme: ProxyTarget['scheme'], { port }: Wanted): ProxyTarget {
  const { spec, status } = pod as unknown as PodView;
  const declared = spec?.containers?.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort))[0];
  const address = status?.podIP ?? '';
  if (address === '') throw new StatusError(badRequest('address not allowed'));
  return { scheme, address, port: Number(port) || declared || DEFAULT_PORTS[scheme] };
}

function nodeAddress(node: KubeObject): string {
  const { addresses = [] } = (node['status'] ?? {}) as { addresses?: { type: string; address: string }[] };
  return addresses.find(({ type }) => type === 'InternalIP')?.address ?? '';
}

function forwardedHeaders({ headers, upgrade }: HttpRequest, path: string): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !NOT_FORWARDED.has(name) && !name.startsWith('impersonate-'));
  return {
    ...Object.fromEntries(kept),
    // A change of protocol is asked for on the next connection, too.
    ...(upgrade ? { connection: 'Upgrade', upgrade: headers['upgrade'] ?? '' } : {}),
    'x-forwarded-uri': path,
    'x-forwarded-proto': 'https',
    ...(headers['host'] ? { 'x-forwarded-host': headers['host'] } : {}),
  };
}
