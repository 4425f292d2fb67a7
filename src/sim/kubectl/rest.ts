import type { KubeObject } from '../api/object.js';
import { StatusError } from '../api/status.js';
import type { ResourceType, Transport } from '../client/client.js';
import { objectOf, statusOf, upgradeRefusal } from '../client/create-client.js';
import { isUnreachable } from '../client/go-errors.js';
import { collectionPath, objectPath, withQuery } from '../client/paths.js';
import { encodeText } from '../kernel/bytes.js';
import type { Channel } from '../kernel/channel.js';
import type { Frame, HttpRequest, HttpResponse } from '../kernel/network.js';
import type { Waiting } from '../kernel/wait.js';
import { CommandError, UrlError } from './errors.js';

const OBJECT_TYPE = 'application/vnd.kubedrill.object';

/** What kubectl prefers for `get`: a table, else the object. */
export const TABLE_ACCEPT = `${OBJECT_TYPE};as=Table;v=v1;g=meta.k8s.io,${OBJECT_TYPE};as=Table;v=v1beta1;g=meta.k8s.io,${OBJECT_TYPE}`;
/** Discovery of all groups in one answer. */
export const DISCOVERY_ACCEPT = `${OBJECT_TYPE};g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,${OBJECT_TYPE}`;

export type Query = Readonly<Record<string, string | undefined>>;

/** One request; `object` is the body. */
export interface RestRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Query | undefined;
  readonly object?: unknown;
  /** Instead of an object: text that may not be one. */
  readonly text?: string;
  readonly contentType?: string | undefined;
  readonly accept?: string | undefined;
  readonly upgrade?: Channel<Frame> | undefined;
}

/**
 * kubectl's way to the server: requests with its name on them, errors with the URL, warnings shown once each. Throws
 * `StatusError` and `UrlError`.
 */
export class Rest {
  private readonly warned = new Set<string>();

  constructor(
    readonly server: string,
    private readonly transport: Transport,
    private readonly onWarning: (text: string) => Waiting<void>,
    private readonly userAgent: string,
  ) {}

  /** The answer as it came; refusals are thrown. */
  *response(request: RestRequest): Waiting<HttpResponse> {
    const target = withQuery(request.path, request.query ?? {});
    const headers: Record<string, string> = { 'user-agent': this.userAgent };
    // A connection has no representation: whoever asks a kubelet for one is refused.
    if (!request.upgrade) headers['accept'] = request.accept ?? OBJECT_TYPE;
    if (request.contentType) headers['content-type'] = request.contentType;
    let response: HttpResponse;
    try {
      response = yield* this.transport.request({
        method: request.method,
        target,
        headers,
        ...(request.object === undefined ? {} : { object: request.object }),
        ...(request.text === undefined ? {} : { body: encodeText(request.text) }),
        ...(request.upgrade === undefined ? {} : { upgrade: request.upgrade }),
      });
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      throw new UrlError(request.method, `${this.server}${target}`, error);
    }
    yield* this.showWarnings(response.headers['warning']);
    if (response.status >= 400) throw refusal(request, response);
    return response;
  }

  /** Somebody else's request, passed on as it is, and whatever the answer is. Throws `UrlError`. */
  *forward(request: HttpRequest): Waiting<HttpResponse> {
    try {
      return yield* this.transport.request(request);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      throw new UrlError(request.method, `${this.server}${request.target}`, error);
    }
  }

  /** The object in the answer. It is shared: copy before changing it. */
  *send<T = KubeObject>(request: RestRequest): Waiting<T> {
    return objectOf(yield* this.response(request)) as T;
  }

  get<T = KubeObject>(type: ResourceType, name: string, namespace?: string, query?: Query): Waiting<T> {
    return this.send({ method: 'GET', path: objectPath(type, name, namespace), query });
  }

  list<T = KubeObject>(
    type: ResourceType,
    namespace?: string,
    query?: Query,
  ): Waiting<{ items: T[]; metadata: { resourceVersion?: string; continue?: string } }> {
    return this.send({ method: 'GET', path: collectionPath(type, namespace), query });
  }

  /** What is created has no version yet, whatever the file says (resource.Helper of cli-runtime empties it). */
  create(type: ResourceType, object: KubeObject, namespace?: string, query?: Query): Waiting<KubeObject> {
    const { resourceVersion, ...metadata } = object.metadata;
    const sent = resourceVersion === undefined ? object : { ...object, metadata };
    return this.send({ method: 'POST', path: collectionPath(type, namespace), query, object: sent });
  }

  replace(
    type: ResourceType,
    object: KubeObject,
    namespace?: string,
    query?: Query,
    subresource?: string,
  ): Waiting<KubeObject> {
    const path = objectPath(type, object.metadata.name ?? '', namespace, subresource);
    return this.send({ method: 'PUT', path, query, object });
  }

  patch(
    type: ResourceType,
    name: string,
    namespace: string | undefined,
    contentType: string,
    patch: unknown,
    query?: Query,
    subresource?: string,
  ): Waiting<KubeObject> {
    const path = objectPath(type, name, namespace, subresource);
    return this.send({ method: 'PATCH', path, query, object: patch, contentType });
  }

  delete(type: ResourceType, name: string, namespace: string | undefined, options: object): Waiting<KubeObject> {
    const object = { kind: 'DeleteOptions', apiVersion: 'v1', ...options };
    return this.send({ method: 'DELETE', path: objectPath(type, name, namespace), object });
  }

  private *showWarnings(header: string | undefined): Waiting<void> {
    if (!header) return;
    for (const match of header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)) {
      const text = (match[1] ?? '').replace(/\\(.)/g, '$1');
      if (this.warned.has(text)) continue;
      this.warned.add(text);
      yield* this.onWarning(text);
    }
  }
}

function refusal(request: RestRequest, response: HttpResponse): Error {
  const words = request.upgrade && upgradeRefusal(response);
  return words === undefined ? new StatusError(statusOf(response)) : new CommandError(words);
}
