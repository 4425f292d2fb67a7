import type { KubeObject } from '../../api/object.js';
import {
  badRequest,
  forbiddenRequest,
  internalError,
  type Status,
  StatusError,
  unnamedError,
} from '../../api/status.js';
import { errorText, requestErrorText } from '../../client/go-errors.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { type HttpRequest, type HttpResponse, TlsError } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import { decide, decided } from '../authorization/decide.js';
import type { RequestContext } from '../request/context.js';
import { type Answer, responseAnswer } from '../respond/answer.js';
import type { ServedKind } from '../served-kind.js';
import { getObject } from '../storage/get.js';
import { admitConnection, type ConnectOptions } from './admit-connection.js';
import { chooseContainer } from './pod-container.js';

/** Query parameters of a log that the kubelet gets as they are. */
const LOG_PARAMETERS = [
  'follow',
  'previous',
  'timestamps',
  'sinceSeconds',
  'sinceTime',
  'tailLines',
  'limitBytes',
  'stream',
];

/** A WebSocket that carries SPDY's frames: only this server knows it, kubelets are told that it is SPDY. */
const TUNNEL = 'SPDY/3.1+portforward.k8s.io';

/** GET of a pod's log: asks the kubelet of its node. Of a pod without a node there is nothing to be had. */
export function* logSubresource(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  const pod = yield* findPod(context, kind);
  checkLogOptions(context.query);
  const container = chooseContainer(pod, context.query.get('container') ?? '');
  const node = yield* findNode(context, pod);
  if (!node) return responseAnswer({ status: 204, headers: {} });
  const query = new URLSearchParams();
  for (const name of LOG_PARAMETERS) {
    const value = context.query.get(name);
    if (value !== null && value !== '') query.set(name, value);
  }
  const { namespace, name } = pod.metadata;
  const target = withQuery(`/containerLogs/${namespace}/${name}/${container}`, query);
  const response = yield* askKubelet(context, node, { method: 'GET', target, headers: {} }, (error, url) =>
    requestErrorText('GET', url, error),
  );
  if (response.status >= 200 && response.status <= 206) return responseAnswer(response);
  throw new StatusError(yield* kubeletRefusal(context, response));
}

/** Upgraded requests: exec, attach, port-forward. Frames go to the kubelet and back as they are. */
export function* execSubresource(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  const { subresource } = context.info;
  const options = yield* admitConnection(context, kind);
  yield* requireCreate(context);
  const pod = yield* findPod(context, kind);
  const container = subresource === 'portforward' ? '' : chooseContainer(pod, options.container ?? '');
  const node = yield* findNode(context, pod);
  if (!node) throw new StatusError(badRequest(`pod ${pod.metadata.name} does not have a host assigned`));
  if (!context.request.upgrade) throw new StatusError(badRequest('Upgrade request required'));
  const { namespace, name } = pod.metadata;
  const path = subresource === 'portforward' ? 'portForward' : subresource;
  const base = `/${path}/${namespace}/${name}${container === '' ? '' : `/${container}`}`;
  const request: HttpRequest = {
    ...context.request,
    headers: kubeletHeaders(context.request.headers),
    method: 'POST',
    target: withQuery(base, kubeletQuery(options)),
  };
  return responseAnswer(
    yield* askKubelet(context, node, request, (error) => `error dialing backend: ${errorText(error)}`),
  );
}

/**
 * A WebSocket is opened by GET, which the request was let in for: whoever may not create what a POST would stays outside
 * (AuthorizePodWebsocketUpgradeCreatePermission).
 */
function* requireCreate({ info, parts, user }: RequestContext): Waiting<void> {
  if (info.verb === 'create') return;
  const {
    decision,
    reason = '',
    error,
  } = yield* decided(parts, () => decide(parts, { user, info: { ...info, verb: 'create' } }));
  if (error !== undefined) throw new StatusError(unnamedError(error));
  if (decision === 'allow') return;
  throw new StatusError(forbiddenRequest({ group: info.group, resource: info.resource }, info.name, reason));
}

function kubeletHeaders(headers: HttpRequest['headers']): HttpRequest['headers'] {
  const tunnelled = (headers['sec-websocket-protocol'] ?? '').split(',').some((name) => name.trim() === TUNNEL);
  return tunnelled ? { ...headers, upgrade: 'SPDY/3.1' } : headers;
}

function* findPod(context: RequestContext, kind: ServedKind): Waiting<KubeObject> {
  const store = yield* context.parts.etcd.store('read');
  return getObject(store, kind, context.info.namespace, context.info.name);
}

function* findNode(context: RequestContext, pod: KubeObject): Waiting<KubeObject | undefined> {
  const name = (pod['spec'] as { nodeName?: string } | undefined)?.nodeName;
  const nodes = context.parts.kinds.resource('', 'v1', 'nodes');
  if (!name || !nodes) return undefined;
  return getObject(yield* context.parts.etcd.store('read'), nodes, '', name);
}

/** Sends a request to a kubelet; nobody there is a 500 with the words of `describe`. */
function* askKubelet(
  context: RequestContext,
  node: KubeObject,
  request: HttpRequest,
  describe: (error: unknown, url: string) => string,
): Waiting<HttpResponse> {
  const { kubelets } = context.parts;
  if (!kubelets) throw new StatusError(internalError('no connection to kubelets'));
  try {
    return yield* kubelets.request(node, request);
  } catch (error) {
    if (!isErrno(error) && !(error instanceof TlsError)) throw error;
    const message = describe(error, `https://${kubeletHost(node)}:10250${request.target}`);
    throw new StatusError(unnamedError(message));
  }
}

function kubeletHost(node: KubeObject): string {
  const addresses =
    (node['status'] as { addresses?: { type: string; address: string }[] } | undefined)?.addresses ?? [];
  return addresses.find((address) => address.type === 'InternalIP')?.address ?? node.metadata.name ?? '';
}

function checkLogOptions(query: URLSearchParams): void {
  const refuse = (field: string, value: string, why: string): StatusError => {
    const body = `Invalid value: ${value}: ${why}`;
    return new StatusError({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      reason: 'Invalid',
      code: 422,
      message: `PodLogOptions "" is invalid: ${field}: ${body}`,
      details: { kind: 'PodLogOptions', causes: [{ reason: 'FieldValueInvalid', message: body, field }] },
    });
  };
  const tail = query.get('tailLines');
  if (tail !== null && Number(tail) < 0) throw refuse('tailLines', tail, 'must be greater than or equal to 0');
  const since = query.get('sinceSeconds');
  if (since !== null && Number(since) < 1) throw refuse('sinceSeconds', since, 'must be greater than 0');
}

/** A kubelet's refusal as the server passes it on (GenericHttpResponseChecker). */
function* kubeletRefusal(context: RequestContext, response: HttpResponse): Waiting<Status> {
  const text = yield* textOf(response);
  if (response.status === 400) return badRequest(text);
  if (response.status === 500) return internalError(text);
  const reason =
    response.status === 404
      ? 'NotFound'
      : response.status === 403
        ? 'Forbidden'
        : response.status === 401
          ? 'Unauthorized'
          : '';
  const words: Record<number, string> = {
    401: 'the server has asked for the client to provide credentials',
    // Who may not do what is told by the kubelet itself.
    403: text,
    404: 'the server could not find the requested resource',
  };
  const { name } = context.info;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    code: response.status,
    message: `${words[response.status] ?? 'unknown'} ( pods/log ${name})`,
    ...(reason === '' ? {} : { reason }),
    details: { name, kind: 'pods/log', causes: [{ reason: 'UnexpectedServerResponse', message: text }] },
  };
}

function* textOf(response: HttpResponse): Waiting<string> {
  if (response.body) return decodeText(response.body);
  let text = '';
  if (!response.stream) return text;
  for (;;) {
    const item = yield* response.stream.items.receive();
    if (item === 'end') return text;
    if (item instanceof Uint8Array) text += decodeText(item);
  }
}

/** The kubelet calls the streams input, output and error. */
function kubeletQuery({ stdin, stdout, stderr, tty, command, ports = [] }: ConnectOptions): URLSearchParams {
  const result = new URLSearchParams();
  for (const [name, isOn] of Object.entries({ input: stdin, output: stdout, error: stderr, tty })) {
    if (isOn) result.set(name, '1');
  }
  for (const word of command ?? []) result.append('command', word);
  if (ports.length > 0) result.set('port', ports.join(','));
  return result;
}

function withQuery(path: string, query: URLSearchParams): string {
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
